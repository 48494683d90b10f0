import type { TransactionSql } from 'postgres'
import { streamsDigest } from '@/lib/record/verify/scope'
import type { Client } from '../client'
import { within } from '../within'
import type { Job, Totals } from './job'

/** The selection is not what the record says: somebody changed it, or it was lost. */
export class SelectionLost extends Error {
  override readonly name = 'SelectionLost'
}

/**
 * Chooses the streams of an export once its own place in the log, `end`, is known: what the format says of its scope
 * (docs/record-format.md, 7). Repeating it chooses the same.
 */
export async function chooseStreams(sql: Client, org: string, job: Job, end: number): Promise<void> {
  await within(sql, org, async (tx) => {
    const { scope, first = null, last = null } = job.asked
    if (scope === 'everything') await choose(tx, org, job.id, 0, end - 1)
    if (scope === 'period' && first !== null) {
      const [bounds] = await tx<{ from: number; to: number }[]>`
        select coalesce((select idx from log_entry where org = ${org} and idx < ${first} and stream <> 'registry' order by idx desc limit 1), ${first})::float8 as from,
          coalesce((select idx from log_entry where org = ${org} and idx > ${last ?? end} and idx < ${end} and stream <> 'registry' order by idx limit 1),
            ${last ?? end - 1})::float8 as to`
      if (bounds) await choose(tx, org, job.id, bounds.from, bounds.to)
    }
    if (scope === 'cases') await mustBe(tx, org, job)
  })
}

async function choose(tx: TransactionSql, org: string, id: string, from: number, to: number): Promise<void> {
  await tx`
    insert into export_stream select distinct ${org}, ${id}, stream from log_entry
    where org = ${org} and idx between ${from} and ${to} and stream <> 'registry' on conflict do nothing`
}

async function mustBe(tx: TransactionSql, org: string, { id, asked }: Job): Promise<void> {
  const chosen = await digestOf(tx, org, id)
  if (chosen.sha256 !== asked.streams_sha256) throw new SelectionLost()
}

export type Chosen = { readonly streams: number; readonly sha256: string }

async function digestOf(tx: TransactionSql, org: string, id: string): Promise<Chosen> {
  const rows = await tx<{ stream: string }[]>`
    select stream from export_stream where org = ${org} and export = ${id}`
  return { streams: rows.length, sha256: streamsDigest(rows.map(({ stream }) => stream)) }
}

/** Keeps these cases for an export that is about to be recorded; those that were kept for it before, if there are any. */
export async function keepCases(
  sql: Client,
  org: string,
  id: string,
  cases: readonly string[],
): Promise<Chosen> {
  return within(sql, org, async (tx) => {
    const before = await digestOf(tx, org, id)
    if (before.streams > 0) return before
    await tx`
      insert into export_stream select ${org}, ${id}, f.id from case_file f where f.org = ${org} and f.id = any(${[...cases]})`
    return digestOf(tx, org, id)
  })
}

/** Forgets the cases of an export that never came to be. */
export async function dropCases(sql: Client, org: string, id: string): Promise<void> {
  await within(
    sql,
    org,
    (tx) => tx`
      delete from export_stream where org = ${org} and export = ${id}
        and not exists (select 1 from export_job j where j.org = ${org} and j.id = ${id})`,
  )
}

/** How much there is to read: events, and the bytes of events and evidence. */
export function totalsOf(sql: Client, org: string, id: string, end: number): Promise<Totals> {
  return within(sql, org, async (tx) => {
    const [found] = await tx<Totals[]>`
      select events::float8 as events, (bodies + coalesce((select sum(bytes) from (select distinct v.sha256, v.bytes from evidence v
          join export_stream s on s.org = v.org and s.stream = v."case"
          where s.org = ${org} and s.export = ${id} and v.kind <> 'sealed-secret') as files), 0))::float8 as bytes
      from (select count(*) as events, coalesce(sum(octet_length(e.body)), 0) as bodies from export_stream s
        join event e on e.org = s.org and e.stream = s.stream
        join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
        where s.org = ${org} and s.export = ${id} and l.idx <= ${end}) as counted`
    return found ?? { events: 0, bytes: 0 }
  })
}
