import { equal, toHex } from '@/lib/record/bytes'
import { entryBytes } from '@/lib/record/entry'
import { type Edge, edgeRoot } from '@/lib/record/extend'
import { encodeEntries, TILE_WIDTH } from '@/lib/record/tile'
import type { Client } from '../client'

const LEVELS = [0, 1, 2, 3, 4, 5, 6]

/** The log's right edge as it is kept, checked against the head's root: what the next batch is appended to. */
export async function readEdge(sql: Client, org: string, size: number, root: Uint8Array): Promise<Edge> {
  const rows = await sql<{ level: number; hashes: Buffer }[]>`
    select t.level, t.hashes from log_tile t
    join unnest(${LEVELS}::int[], ${rightmost(size)}::bigint[]) as edge(level, idx) on t.level = edge.level and t.idx = edge.idx
    where t.org = ${org}`
  const hashes = LEVELS.map((level) => {
    const wanted = Math.floor(size / TILE_WIDTH ** level) % TILE_WIDTH
    const tile = wanted ? rows.find((row) => row.level === level) : undefined
    return new Uint8Array(tile?.hashes ?? []).subarray(0, wanted * 32)
  })
  const edge = { size, hashes: trimmed(hashes), entries: await readEntries(sql, org, size) }
  if (!equal(edgeRoot(edge), root))
    throw new Error(`The log of ${org} does not have the root that its head says (${toHex(root)}).`)
  return edge
}

function rightmost(size: number): number[] {
  return LEVELS.map((level) => Math.floor(size / TILE_WIDTH ** (level + 1)))
}

function trimmed(hashes: Uint8Array[]): Uint8Array[] {
  const last = hashes.findLastIndex((tile) => tile.length > 0)
  return hashes.slice(0, last + 1)
}

async function readEntries(sql: Client, org: string, size: number): Promise<Uint8Array> {
  const first = size - (size % TILE_WIDTH)
  const rows = await sql<{ stream: string; seq: number; hash: Buffer }[]>`
    select stream, seq, hash from log_entry where org = ${org} and idx >= ${first} and idx < ${size} order by idx`
  return encodeEntries(
    rows.map(({ stream, seq, hash }) => entryBytes({ body: toHex(hash), case: stream, seq })),
  )
}
