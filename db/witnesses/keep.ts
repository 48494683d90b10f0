import type { TransactionSql } from 'postgres'
import { WITNESSED } from '../announce'
import type { Client } from '../client'
import { transact } from '../transaction'
import type { Outcome } from './ask'

/** Keeps what a witness answered, and says how far the log is witnessed now. */
export async function keepOutcome(sql: Client, org: string, vkey: string, outcome: Outcome): Promise<void> {
  await transact(sql, '', async (tx) => {
    if (outcome.outcome === 'cosigned') await keepLine(tx, org, vkey, outcome)
    await keepState(tx, org, vkey, outcome)
    if (outcome.outcome === 'cosigned') await raiseMark(tx, org)
  })
}

async function keepLine(
  tx: TransactionSql,
  org: string,
  vkey: string,
  { size, line }: Outcome & { outcome: 'cosigned' },
): Promise<void> {
  await tx`
    insert into cosignature values (${org}, ${size}, ${vkey}, ${line}, clock_timestamp())
    on conflict (org, size, witness) do update set line = excluded.line, at = excluded.at`
}

async function keepState(tx: TransactionSql, org: string, vkey: string, outcome: Outcome): Promise<void> {
  const size = 'size' in outcome ? outcome.size : null
  const seen = outcome.outcome === 'cosigned'
  await tx`
    insert into witness_state as s values (${org}, ${vkey}, ${size ?? 0}, clock_timestamp(),
      case when ${seen} then clock_timestamp() end, ${sentenceOf(outcome)})
    on conflict (org, witness) do update set size = coalesce(${size}::bigint, s.size), asked_at = excluded.asked_at,
      seen_at = coalesce(excluded.seen_at, s.seen_at), error = excluded.error`
}

function sentenceOf(outcome: Outcome): string | null {
  if (outcome.outcome === 'cosigned') return null
  if (outcome.outcome === 'ahead')
    return `It has cosigned ${outcome.size} entries, more than this log has: this database is an older copy.`
  return outcome.sentence
}

/** The largest size that enough of today's witnesses signed; never searched below what it was. */
async function raiseMark(tx: TransactionSql, org: string): Promise<void> {
  await countAlone(tx, org)
  const [before] = await tx<{ size: number }[]>`select size::float8 as size from witnessed where org = ${org}`
  const size = await enoughSigned(tx, org, before?.size ?? 0)
  if (size !== null) await setMark(tx, org, size)
}

/** After a change of witnesses or quorum: what is witnessed is so under the rule in force, so it may also be less. */
export async function countAgain(sql: Client, org: string): Promise<void> {
  await transact(sql, '', async (tx) => {
    await countAlone(tx, org)
    const size = await enoughSigned(tx, org, 0)
    if (size !== null) return setMark(tx, org, size)
    await tx`delete from witnessed where org = ${org}`
    await tx`select pg_notify(${WITNESSED}, ${JSON.stringify([org, 0])})`
  })
}

/** Two that sign at the same moment would each count without the other, and nobody would see that there were enough. */
async function countAlone(tx: TransactionSql, org: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`witnessed/${org}`}, 0))`
}

async function enoughSigned(tx: TransactionSql, org: string, above: number): Promise<number | null> {
  const [found] = await tx<{ size: number }[]>`
    select c.size::float8 as size from cosignature c
    join witnessing w on w.org = c.org and w.quorum > 0 and w.witnesses @> jsonb_build_array(jsonb_build_object('vkey', c.witness))
    where c.org = ${org} and c.size > ${above}
    group by c.size, w.quorum having count(*) >= w.quorum order by c.size desc limit 1`
  return found?.size ?? null
}

async function setMark(tx: TransactionSql, org: string, size: number): Promise<void> {
  await tx`
    insert into witnessed values (${org}, ${size}, clock_timestamp())
    on conflict (org) do update set size = excluded.size, at = excluded.at`
  await tx`select pg_notify(${WITNESSED}, ${JSON.stringify([org, size])})`
}
