import { concat } from './bytes'
import { malformed } from './malformed'
import { decodeEntries, encodeEntries, TILE_WIDTH, type Tile } from './tile'
import { EMPTY_ROOT, joined, leafHash, nodeHash, subtrees } from './tree'

/**
 * All that is needed to make a log longer: its unfinished tiles. At most 255 hashes for each level of tiles.
 * `hashes[L]` is the unfinished hash tile of level L (possibly empty), `entries` the unfinished entry bundle.
 */
export type Edge = {
  readonly size: number
  readonly hashes: readonly Uint8Array[]
  readonly entries: Uint8Array
}

export const EMPTY_EDGE: Edge = { size: 0, hashes: [], entries: new Uint8Array(0) }

export type Extended = {
  readonly size: number
  readonly root: Uint8Array
  /** The edge from which the log goes on. */
  readonly edge: Edge
  /** Every tile that is new or wider than before, in its newest width. */
  readonly changed: readonly Tile[]
}

/**
 * Appends entries. Pure: nothing is lost if the result is thrown away, so that a transaction can be rolled back.
 * @throws Malformed `bad_edge` where the edge's tiles don't fit its size
 */
export function extend(edge: Edge, entries: readonly Uint8Array[]): Extended {
  checkEdge(edge)
  const size = edge.size + entries.length
  const bundles = appendEntries(edge, entries)
  const levels = appendHashes(edge, entries.map(leafHash))
  const next: Edge = { size, hashes: levels.map((level) => level.rest), entries: bundles.rest }
  const changed = entries.length === 0 ? [] : [...bundles.tiles, ...levels.flatMap((level) => level.tiles)]
  return { size, root: edgeRoot(next), edge: next, changed }
}

/** The root of the log that has this edge: MTH of its complete subtrees, RFC 9162 2.1.1. */
export function edgeRoot({ hashes }: Edge): Uint8Array {
  // From the smallest subtree (the lowest level's right end) to the largest.
  const parts = hashes.flatMap((tile) => tileSubtrees(split32(tile)).reverse()).reverse()
  return parts.length === 0 ? EMPTY_ROOT : joined(parts)
}

type Level = { readonly tiles: readonly Tile[]; readonly rest: Uint8Array }

function appendHashes(edge: Edge, leaves: readonly Uint8Array[]): readonly Level[] {
  const levels: Level[] = []
  for (let level = 0, added = leaves; added.length > 0 || level < edge.hashes.length; level++) {
    const { tiles, rest } = cut(edge, level, added)
    levels.push({ tiles, rest })
    added = tiles.filter((tile) => tile.width === TILE_WIDTH).map((tile) => completeRoot(split32(tile.bytes)))
  }
  return levels
}

function cut(edge: Edge, level: number, added: readonly Uint8Array[]): Level {
  const before = edge.hashes[level] ?? new Uint8Array(0)
  if (added.length === 0) return { tiles: [], rest: before }
  const all = [...split32(before), ...added]
  const index = Math.floor(edge.size / TILE_WIDTH ** (level + 1))
  const tiles = chunks(all).map((hashes, i) => tile(level, index + i, hashes.length, concat(...hashes)))
  return { tiles, rest: unfinished(tiles) }
}

function appendEntries(edge: Edge, added: readonly Uint8Array[]): Level {
  if (added.length === 0) return { tiles: [], rest: edge.entries }
  const all = [...decodeEntries(edge.entries), ...added]
  const index = Math.floor(edge.size / TILE_WIDTH)
  const tiles = chunks(all).map((part, i) => tile('entries', index + i, part.length, encodeEntries(part)))
  return { tiles, rest: unfinished(tiles) }
}

function tile(level: Tile['level'], index: number, width: number, bytes: Uint8Array): Tile {
  return { level, index, width, bytes }
}

function unfinished(tiles: readonly Tile[]): Uint8Array {
  const last = tiles.at(-1)
  return last === undefined || last.width === TILE_WIDTH ? new Uint8Array(0) : last.bytes
}

function chunks<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / TILE_WIDTH) }, (_, i) =>
    values.slice(i * TILE_WIDTH, (i + 1) * TILE_WIDTH),
  )
}

/** A tile's hashes. */
function split32(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
}

/** The roots of the complete subtrees in a row of hashes, largest first. */
function tileSubtrees(hashes: readonly Uint8Array[]): Uint8Array[] {
  const roots: Uint8Array[] = []
  for (const { level, index } of subtrees(0, hashes.length)) {
    roots.push(completeRoot(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)))
  }
  return roots
}

/** The root over 2^k hashes. */
function completeRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) =>
      nodeHash(row[2 * i] ?? EMPTY_ROOT, row[2 * i + 1] ?? EMPTY_ROOT),
    )
  }
  return row[0] ?? EMPTY_ROOT
}

function checkEdge({ size, hashes, entries }: Edge): void {
  for (let level = 0; level < Math.max(hashes.length, 7); level++) {
    const expected = Math.floor(size / TILE_WIDTH ** level) % TILE_WIDTH
    if ((hashes[level]?.length ?? 0) !== expected * 32) throw badEdge(size)
  }
  if (decodeEntries(entries).length !== size % TILE_WIDTH) throw badEdge(size)
}

function badEdge(size: number) {
  return malformed('bad_edge', `These tiles are not the right edge of a log of ${size} entries.`)
}
