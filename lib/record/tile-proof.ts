import { split32 } from './extend'
import { malformed } from './malformed'
import { type TileAddress, tileOf, tilePath, tileWidth } from './tile'
import {
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  joined,
  nodeHash,
  type Range,
  subtrees,
} from './tree'

// Proofs, and roots of older sizes, from O(log n) tiles. What must be read is known before anything is read, so one
// plan serves a reader that answers at once (tiles in memory) and one that does not (a database, a web server).

export type HashTile = TileAddress & { readonly level: number }

/** The bytes of a hash tile, at least `width` hashes of it. */
export type ReadTile = (tile: HashTile) => Uint8Array
export type ReadTileAsync = (tile: HashTile) => Promise<Uint8Array>

/** PATH(index, D[size]): RFC 9162 2.1.3.1. */
export function inclusionProof(read: ReadTile, index: number, size: number): Uint8Array[] {
  return hashRanges(pyramids(read), inclusionRanges(index, size), size)
}

/** PROOF(old, D[size]): RFC 9162 2.1.4.1. */
export function consistencyProof(read: ReadTile, old: number, size: number): Uint8Array[] {
  return hashRanges(pyramids(read), consistencyRanges(old, size), size)
}

/** MTH(D[size]): RFC 9162 2.1.1. */
export function treeRoot(read: ReadTile, size: number): Uint8Array {
  return joined(hashRanges(pyramids(read), size === 0 ? [] : [[0, size]], size))
}

export async function inclusionProofAsync(
  read: ReadTileAsync,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  return manyProofs(read, size).inclusion(index)
}

export async function consistencyProofAsync(
  read: ReadTileAsync,
  old: number,
  size: number,
): Promise<Uint8Array[]> {
  return manyProofs(read, size).consistency(old)
}

export async function treeRootAsync(read: ReadTileAsync, size: number): Promise<Uint8Array> {
  return joined(await hashRangesAsync(asyncPyramids(read), size === 0 ? [] : [[0, size]], size))
}

export type ManyProofs = {
  readonly inclusion: (index: number) => Promise<Uint8Array[]>
  readonly consistency: (old: number) => Promise<Uint8Array[]>
}

/**
 * Many proofs at one size, for an export: a tile is read and hashed once, not once for each proof that passes through
 * it. Keeps the last few dozen tiles (16 kB each), so ask in the log's order where there is one.
 */
export function manyProofs(read: ReadTileAsync, size: number): ManyProofs {
  const nodes = asyncPyramids(read)
  return {
    inclusion: (index) => hashRangesAsync(nodes, inclusionRanges(index, size), size),
    consistency: (old) => hashRangesAsync(nodes, consistencyRanges(old, size), size),
  }
}

// All complete subtrees of a tile: rows of 256, 128, 64 ... hashes.
type Pyramid = readonly (readonly Uint8Array[])[]

function pyramid(bytes: Uint8Array, { width, ...place }: HashTile): Pyramid {
  if (bytes.length < width * 32)
    throw malformed('short_tile', `${tilePath({ width, ...place })} has too few hashes.`)
  const rows = [split32(bytes.subarray(0, width * 32))]
  for (let row = rows[0] ?? []; row.length > 1; rows.push(row)) {
    const below = row
    row = Array.from({ length: Math.floor(below.length / 2) }, (_, i) =>
      nodeHash(below[2 * i] ?? EMPTY_ROOT, below[2 * i + 1] ?? EMPTY_ROOT),
    )
  }
  return rows
}

const KEPT_TILES = 64

function remembered<T>(make: (tile: HashTile) => T): (tile: HashTile) => T {
  const kept = new Map<string, T>()
  return (tile) => {
    const path = tilePath(tile)
    const value = kept.get(path) ?? make(tile)
    kept.delete(path) // the one used last goes to the end
    kept.set(path, value)
    for (const oldest of kept.keys()) if (kept.size > KEPT_TILES) kept.delete(oldest)
    return value
  }
}

function pyramids(read: ReadTile) {
  return remembered((tile) => pyramid(read(tile), tile))
}

function asyncPyramids(read: ReadTileAsync) {
  return remembered(async (tile) => pyramid(await read(tile), tile))
}

function hashRanges(
  nodes: (tile: HashTile) => Pyramid,
  ranges: readonly Range[],
  size: number,
): Uint8Array[] {
  return ranges.map(([start, end]) =>
    joined(
      subtrees(start, end).map(({ level, index }) => {
        const tile = addressOf(level, index, size)
        return nodeIn(nodes(tile), level, index)
      }),
    ),
  )
}

async function hashRangesAsync(
  nodes: (tile: HashTile) => Promise<Pyramid>,
  ranges: readonly Range[],
  size: number,
): Promise<Uint8Array[]> {
  const wanted = new Map<string, HashTile>()
  for (const { level, index } of ranges.flatMap(([start, end]) => subtrees(start, end))) {
    const tile = addressOf(level, index, size)
    wanted.set(tilePath(tile), tile)
  }
  const found = new Map<string, Pyramid>()
  await Promise.all([...wanted].map(async ([path, tile]) => found.set(path, await nodes(tile))))
  return hashRanges((tile) => found.get(tilePath(tile)) ?? [], ranges, size)
}

function addressOf(level: number, index: number, size: number): HashTile {
  const tile = tileOf(level, index)
  return { level: tile.level, index: tile.index, width: tileWidth(tile.level, tile.index, size) }
}

function nodeIn(rows: Pyramid, level: number, index: number): Uint8Array {
  const { first, count } = tileOf(level, index)
  const node = rows[Math.log2(count)]?.[first / count]
  if (node === undefined) throw malformed('short_tile', 'A tile has too few hashes.')
  return node
}
