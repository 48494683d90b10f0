import { malformed } from './malformed'
import { TILE_WIDTH, type TileAddress, tileOf, tilePath, tileWidth } from './tile'
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
 * it. Keeps the last thousand or so tiles (16 kB each), and the few hashes above them.
 */
export function manyProofs(read: ReadTileAsync, size: number): ManyProofs {
  const nodes = asyncPyramids(read)
  const above = new Map<string, Uint8Array>()
  const hashOf = async (range: Range): Promise<Uint8Array> => {
    const key = range.join('-')
    const hash = above.get(key) ?? (await hashRangesAsync(nodes, [range], size))[0] ?? EMPTY_ROOT
    above.set(key, hash)
    return hash
  }
  return {
    inclusion: async (index) => {
      const tile = Math.floor(index / TILE_WIDTH)
      const rows = await nodes({ level: 0, index: tile, width: tileWidth(0, tile, size) })
      const path: Uint8Array[] = []
      for (const range of inclusionRanges(index, size))
        path.push(within(rows, tile * TILE_WIDTH, range) ?? (await hashOf(range)))
      return path
    },
    consistency: (old) => hashRangesAsync(nodes, consistencyRanges(old, size), size),
  }
}

/** The hash of a complete subtree that lies in one tile, which starts at leaf `first`; null for any other range. */
function within(rows: Pyramid, first: number, [start, end]: Range): Uint8Array | null {
  const row = Math.log2(end - start)
  if (!Number.isInteger(row) || start < first || end > first + TILE_WIDTH) return null
  return nodeAt(rows, row, (start - first) / (end - start))
}

const NO_TILE: Pyramid = { hashes: new Uint8Array(0), starts: [], width: 0 }

/** All complete subtrees of a tile, in one piece of memory: rows of 256, 128, 64 ... hashes, each beginning at `starts`. */
type Pyramid = { readonly hashes: Uint8Array; readonly starts: readonly number[]; readonly width: number }

function pyramid(bytes: Uint8Array, { width, ...place }: HashTile): Pyramid {
  if (bytes.length < width * 32)
    throw malformed('short_tile', `${tilePath({ width, ...place })} has too few hashes.`)
  const starts = [0]
  for (let below = width; below > 1; below = Math.floor(below / 2)) starts.push((starts.at(-1) ?? 0) + below)
  const hashes = new Uint8Array(2 * width * 32)
  hashes.set(bytes.subarray(0, width * 32))
  const rows = { hashes, starts, width }
  for (let row = 1; row < starts.length; row++) {
    for (let i = 0; i < Math.floor(width / 2 ** row); i++) {
      const [left, right] = [nodeAt(rows, row - 1, 2 * i), nodeAt(rows, row - 1, 2 * i + 1)]
      hashes.set(nodeHash(left ?? EMPTY_ROOT, right ?? EMPTY_ROOT), ((starts[row] ?? 0) + i) * 32)
    }
  }
  return rows
}

/** The `index`th hash of a row: 0 has the leaves. Null where there is none. */
function nodeAt({ hashes, starts, width }: Pyramid, row: number, index: number): Uint8Array | null {
  const start = starts[row]
  if (start === undefined || index >= Math.floor(width / 2 ** row)) return null
  return hashes.subarray((start + index) * 32, (start + index + 1) * 32)
}

const KEPT_TILES = 1_024

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
  return hashRanges((tile) => found.get(tilePath(tile)) ?? NO_TILE, ranges, size)
}

function addressOf(level: number, index: number, size: number): HashTile {
  const tile = tileOf(level, index)
  return { level: tile.level, index: tile.index, width: tileWidth(tile.level, tile.index, size) }
}

function nodeIn(rows: Pyramid, level: number, index: number): Uint8Array {
  const { first, count } = tileOf(level, index)
  const node = nodeAt(rows, Math.log2(count), first / count)
  if (node === null) throw malformed('short_tile', 'A tile has too few hashes.')
  return node
}
