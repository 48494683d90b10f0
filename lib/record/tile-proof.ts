import { completeRoot, split32 } from './extend'
import { malformed } from './malformed'
import { type TileAddress, tileOf, tilePath, tileWidth } from './tile'
import { consistencyRanges, inclusionRanges, joined, type Range, subtrees } from './tree'

// Proofs, and roots of older sizes, from O(log n) tiles. What must be read is known before anything is read, so one
// plan serves a reader that answers at once (tiles in memory) and one that does not (a database, a web server).

/** The bytes of a hash tile, at least `width` hashes of it. */
export type ReadTile = (tile: TileAddress & { readonly level: number }) => Uint8Array
export type ReadTileAsync = (tile: TileAddress & { readonly level: number }) => Promise<Uint8Array>

/** PATH(index, D[size]): RFC 9162 2.1.3.1. */
export function inclusionProof(read: ReadTile, index: number, size: number): Uint8Array[] {
  return hashRanges(read, inclusionRanges(index, size), size)
}

/** PROOF(old, D[size]): RFC 9162 2.1.4.1. */
export function consistencyProof(read: ReadTile, old: number, size: number): Uint8Array[] {
  return hashRanges(read, consistencyRanges(old, size), size)
}

/** MTH(D[size]): RFC 9162 2.1.1. */
export function treeRoot(read: ReadTile, size: number): Uint8Array {
  return joined(hashRanges(read, size === 0 ? [] : [[0, size]], size))
}

export async function inclusionProofAsync(
  read: ReadTileAsync,
  index: number,
  size: number,
): Promise<Uint8Array[]> {
  return hashRangesAsync(read, inclusionRanges(index, size), size)
}

export async function consistencyProofAsync(
  read: ReadTileAsync,
  old: number,
  size: number,
): Promise<Uint8Array[]> {
  return hashRangesAsync(read, consistencyRanges(old, size), size)
}

export async function treeRootAsync(read: ReadTileAsync, size: number): Promise<Uint8Array> {
  return joined(await hashRangesAsync(read, size === 0 ? [] : [[0, size]], size))
}

async function hashRangesAsync(
  read: ReadTileAsync,
  ranges: readonly Range[],
  size: number,
): Promise<Uint8Array[]> {
  const wanted = new Map<string, TileAddress & { level: number }>()
  for (const tile of ranges.flatMap((range) => tilesOf(range, size))) wanted.set(tilePath(tile), tile)
  const found = new Map<string, Uint8Array>()
  await Promise.all([...wanted].map(async ([path, tile]) => found.set(path, await read(tile))))
  return hashRanges((tile) => found.get(tilePath(tile)) ?? new Uint8Array(0), ranges, size)
}

function tilesOf([start, end]: Range, size: number): (TileAddress & { level: number })[] {
  return subtrees(start, end).map(({ level, index }) => addressOf(tileOf(level, index), size))
}

function hashRanges(read: ReadTile, ranges: readonly Range[], size: number): Uint8Array[] {
  return ranges.map(([start, end]) =>
    joined(subtrees(start, end).map(({ level, index }) => subtreeHash(read, level, index, size))),
  )
}

function subtreeHash(read: ReadTile, level: number, index: number, size: number): Uint8Array {
  const place = tileOf(level, index)
  const address = addressOf(place, size)
  const hashes = read(address).subarray(place.first * 32, (place.first + place.count) * 32)
  if (hashes.length !== place.count * 32)
    throw malformed('short_tile', `${tilePath(address)} has too few hashes.`)
  return completeRoot(split32(hashes))
}

function addressOf({ level, index }: { level: number; index: number }, size: number) {
  return { level, index, width: tileWidth(level, index, size) }
}
