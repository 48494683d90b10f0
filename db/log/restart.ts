import type { TransactionSql } from 'postgres'
import { EMPTY_EDGE } from '@/lib/record/extend'
import { EMPTY_ROOT } from '@/lib/record/tree'
import type { Client } from '../client'
import { within } from '../within'
import { appendEntries } from './append'

export type Restarted = { readonly archived: number; readonly waiting: number }

/**
 * Begins an organisation's log anew, as the owner of the tables: what was sealed before is kept aside under its old origin, the event that
 * says so becomes the first entry, and every other event waits for its new place. All of it or nothing.
 * @throws Error when the record holds no such event
 */
export function restartLog(owner: Client, org: string): Promise<Restarted> {
  return within(owner, org, async (tx) => {
    await tx`select 1 from log_head where org = ${org} for update`
    const [event] = await tx<{ seq: number; from: string; hash: Buffer }[]>`
      select seq, hash, convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'from' as from from event
      where org = ${org} and stream = 'registry' and type = 'log.restarted' order by seq desc limit 1`
    if (!event) throw new Error('The record says nothing of a new origin.')
    const archived = await setAside(tx, org, event.from)
    await tx`delete from pending where org = ${org}`
    await tx`update log_head set size = 0, root = ${Buffer.from(EMPTY_ROOT)} where org = ${org}`
    const { seq, hash } = event
    await appendEntries(tx as unknown as Client, org, EMPTY_EDGE, [{ stream: 'registry', seq, hash }])
    const waiting = await tx`
      insert into pending (org, stream, seq, at, hash) select org, stream, seq, at, hash from event
      where org = ${org} and not (stream = 'registry' and seq = ${seq})`
    return { archived, waiting: waiting.count }
  })
}

/** The tables refuse to forget; their owner has to say so openly. */
async function setAside(tx: TransactionSql, org: string, origin: string): Promise<number> {
  await tx`alter table log_entry disable trigger append_only`
  await tx`alter table checkpoint disable trigger append_only`
  const entries = await tx`
    with gone as (delete from log_entry where org = ${org} returning idx, stream, seq, hash)
    insert into retired_entry select ${org}, ${origin}, idx, stream, seq, hash from gone`
  await tx`
    with gone as (delete from checkpoint where org = ${org} returning size, note, at)
    insert into retired_checkpoint select ${org}, ${origin}, g.size, g.note || coalesce(
      (select string_agg(line, '' order by witness) from cosignature c where c.org = ${org} and c.size = g.size), ''), g.at from gone g`
  await tx`alter table log_entry enable trigger append_only`
  await tx`alter table checkpoint enable trigger append_only`
  for (const table of ['log_tile', 'cosignature', 'witness_state', 'witnessed', 'log_refusal'])
    await tx`delete from ${tx(table)} where org = ${org}`
  return entries.count
}
