import { equal, toHex } from '@/lib/record/bytes'
import { entryBytes } from '@/lib/record/entry'
import { type Edge, EMPTY_EDGE, edgeRoot, extend } from '@/lib/record/extend'
import { EMPTY_ROOT } from '@/lib/record/tree'
import type { Client } from '../client'
import { transact } from '../transaction'
import { readEdge } from './edge'
import { ForkRefused } from './fork'

/** At most this many events get their place in one commit. */
const BATCH = 2_000

export type Head = {
  readonly size: number
  readonly root: Uint8Array
  readonly edge: Edge
  readonly added: number
}
type Taken = { stream: string; seq: number; hash: Buffer }

/**
 * Gives the waiting events of one organisation their place: one transaction, alone with the log's head. Nothing is signed
 * here: a signature before the commit could stand for a log that never came to be.
 */
export async function append(sql: Client, org: string, known: Edge | null): Promise<Head | null> {
  return transact(sql, '', async (transaction) => {
    const locked = transaction as unknown as Client
    const { size, root } = await lockHead(locked, org)
    const taken = await take(locked, org)
    if (!taken.length) return null
    mustNotHaveGoneBack(known, size, root)
    const edge =
      known?.size === size ? known : size === 0 ? EMPTY_EDGE : await readEdge(locked, org, size, root)
    return appendEntries(locked, org, edge, taken)
  })
}

/** A head only ever moves on: a database that was exchanged while we were connected is checked anew, like at a start. */
function mustNotHaveGoneBack(known: Edge | null, size: number, root: Uint8Array): void {
  if (!known || known.size < size || (known.size === size && equal(edgeRoot(known), root))) return
  throw new ForkRefused(
    `The database holds ${size} entries, and held ${known.size} a moment ago: it was exchanged.`,
  )
}

async function lockHead(sql: Client, org: string): Promise<{ size: number; root: Uint8Array }> {
  const held = () => sql<{ size: number; root: Buffer }[]>`
    select size::float8 as size, root from log_head where org = ${org} for update`
  const [head] = await held()
  if (head) return head
  await sql`insert into log_head values (${org}, 0, ${Buffer.from(EMPTY_ROOT)}, clock_timestamp()) on conflict do nothing`
  const [first] = await held()
  if (!first) throw new Error(`The log of ${org} has no head.`)
  return first
}

/**
 * Takes rows out of the queue, so that a late commit waits for the next batch instead of being skipped. Within a millisecond the
 * registry goes first: what it says of keys and accounts stands before what rests on it.
 */
function take(sql: Client, org: string): Promise<Taken[]> {
  return sql<Taken[]>`
    with taken as (
      delete from pending where (org, stream, seq) in (
        select org, stream, seq from pending where org = ${org} order by at, stream <> 'registry', stream, seq limit ${BATCH})
      returning stream, seq, at, hash)
    select stream, seq, hash from taken order by at, stream <> 'registry', stream, seq`
}

/** Gives these their places behind the edge. The log's head must be held by the transaction that `sql` is. */
export async function appendEntries(
  sql: Client,
  org: string,
  edge: Edge,
  taken: readonly Taken[],
): Promise<Head> {
  const entries = taken.map(({ stream, seq, hash }) => entryBytes({ body: toHex(hash), case: stream, seq }))
  const { size, root, edge: next, changed } = extend(edge, entries)
  await sql`
    insert into log_entry (org, idx, stream, seq, hash)
    select ${org}, ${edge.size}::bigint + place - 1, stream, seq, decode(hash, 'hex')
    from unnest(${taken.map((each) => each.stream)}::text[], ${taken.map((each) => each.seq)}::int[], ${taken.map((each) => toHex(each.hash))}::text[])
      with ordinality as each(stream, seq, hash, place)`
  const tiles = changed.filter((tile) => tile.level !== 'entries')
  await sql`
    insert into log_tile (org, level, idx, hashes)
    select ${org}, level, idx, decode(hashes, 'hex')
    from unnest(${tiles.map((tile) => Number(tile.level))}::int[], ${tiles.map((tile) => tile.index)}::bigint[], ${tiles.map((tile) => toHex(tile.bytes))}::text[])
      as each(level, idx, hashes)
    on conflict (org, level, idx) do update set hashes = excluded.hashes`
  await sql`update log_head set size = ${size}, root = ${Buffer.from(root)}, at = clock_timestamp() where org = ${org}`
  return { size, root, edge: next, added: taken.length }
}
