import type { ConsistencyFile, RegistryLine } from '@/lib/record/bundle-source'
import { toHex } from '@/lib/record/bytes'
import { entryBytes } from '@/lib/record/entry'
import { encodeEntries, TILE_WIDTH, type Tile, tileWidth } from '@/lib/record/tile'
import type { ManyProofs } from '@/lib/record/tile-proof'
import { addCheckpointBody } from '@/lib/record/witness'
import type { Client } from '../client'
import { within } from '../within'
import { policySetIn } from './policy-set-files'

/** Bundles of entries that are read at once. */
const BUNDLES = 16
const HASH_LEVELS = [0, 1, 2, 3, 4, 5, 6]

/** The whole log at this size, ids and digests only: entry bundles, and the hash tiles above them. C2SP tlog-tiles. */
export async function* tilesAt(sql: Client, org: string, size: number): AsyncGenerator<Tile> {
  yield* entryBundles(sql, org, size)
  for (const level of HASH_LEVELS) yield* hashTiles(sql, org, level, size)
}

type Entry = { stream: string; seq: number; hash: Buffer }

async function* entryBundles(sql: Client, org: string, size: number): AsyncGenerator<Tile> {
  const step = BUNDLES * TILE_WIDTH
  for (let from = 0; from < size; from += step) {
    const rows = await within(
      sql,
      org,
      (tx) => tx<Entry[]>`
        select stream, seq, hash from log_entry where org = ${org} and idx >= ${from} and idx < ${Math.min(size, from + step)} order by idx`,
      'read only',
    )
    for (let at = 0; at < rows.length; at += TILE_WIDTH) {
      const index = (from + at) / TILE_WIDTH
      yield { level: 'entries', index, width: tileWidth('entries', index, size), bytes: bundleOf(rows, at) }
    }
  }
}

function bundleOf(rows: readonly Entry[], at: number): Uint8Array {
  const entries = rows.slice(at, at + TILE_WIDTH)
  return encodeEntries(
    entries.map(({ stream, seq, hash }) => entryBytes({ body: toHex(hash), case: stream, seq })),
  )
}

async function* hashTiles(sql: Client, org: string, level: number, size: number): AsyncGenerator<Tile> {
  for (let from = 0; tileWidth(level, from, size) > 0; from += TILE_WIDTH) {
    const rows = await within(
      sql,
      org,
      (tx) => tx<{ index: number; hashes: Buffer }[]>`
        select idx::float8 as index, hashes from log_tile
        where org = ${org} and level = ${level} and idx >= ${from} and idx < ${from + TILE_WIDTH} order by idx`,
      'read only',
    )
    for (const { index, hashes } of rows) {
      const width = tileWidth(level, index, size)
      if (width > 0) yield { level, index, width, bytes: new Uint8Array(hashes).subarray(0, width * 32) }
    }
  }
}

/** An auditor holds the heads of earlier exports: so many of the last ones are shown to be earlier states of this log. */
const EARLIER = 200

/** Consistency proofs from the heads of earlier exports to this one. */
export async function earlierExports(
  sql: Client,
  org: string,
  size: number,
  checkpoint: string,
  proofs: ManyProofs,
): Promise<ConsistencyFile[]> {
  const sizes = await within(
    sql,
    org,
    (tx) => tx<{ size: number }[]>`
      select distinct size::float8 as size from export_job where org = ${org} and size < ${size} order by size desc limit ${EARLIER}`,
  )
  return Promise.all(
    sizes.map(async ({ size: old }) => ({
      old,
      body: addCheckpointBody(old, await proofs.consistency(old), checkpoint),
    })),
  )
}

const PAGE = 500

/** The registry as a whole: members, keys, policies, and every export that was ever made. Notes the policy sets that it names. */
export async function* registryLines(
  sql: Client,
  org: string,
  size: number,
  proofs: ManyProofs,
  policySets: Set<string>,
): AsyncGenerator<RegistryLine> {
  for (let from = 0; ; from += PAGE) {
    const rows = await within(
      sql,
      org,
      (tx) => tx<{ body: Buffer; index: number }[]>`
        select e.body, l.idx::float8 as index from event e
        join log_entry l on l.org = e.org and l.stream = e.stream and l.seq = e.seq
        where e.org = ${org} and e.stream = 'registry' and e.seq >= ${from} and e.seq < ${from + PAGE} and l.idx < ${size} order by e.seq`,
      'read only',
    )
    for (const { body, index } of rows) {
      const named = policySetIn(body)
      if (named) policySets.add(named)
      yield { event: new Uint8Array(body), index, path: await proofs.inclusion(index) }
    }
    if (rows.length < PAGE) return
  }
}
