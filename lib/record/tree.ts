import { sha256 } from './digest'

// The Merkle tree of RFC 9162 section 2.1 (RFC 6962's, SHA-256). Sizes and positions are plain numbers up to 2^53-1,
// so halves are taken with division: bit operators stop at 32 bits.

/** The tree head of nothing: SHA-256 of the empty string. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

/** leaf = SHA-256(0x00 || entry), RFC 9162 2.1.1. */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(entry.length + 1)
  input.set(entry, 1)
  return sha256(input)
}

const pair = new Uint8Array(65).fill(1, 0, 1)

/** node = SHA-256(0x01 || left || right), RFC 9162 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== 32 || right.length !== 32)
    throw new RangeError('A node is made of two SHA-256 digests.')
  pair.set(left, 1)
  pair.set(right, 33)
  return sha256(pair)
}

/** A complete subtree: 2^level leaves, the `index`th of its size from the left. */
export type Subtree = { readonly level: number; readonly index: number }

/**
 * The complete subtrees, largest first, whose hashes make the hash of the leaves from `start` up to `end`.
 * `start` has to be where RFC 9162's split would put it: a multiple of the largest power of two in the range.
 */
export function subtrees(start: number, end: number): readonly Subtree[] {
  const found: Subtree[] = []
  for (let at = start; at < end; ) {
    const level = levelWithin(end - at)
    found.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return found
}

function levelWithin(size: number): number {
  let level = 0
  while (2 ** (level + 1) <= size) level++
  return level
}

/** MTH of adjoining complete subtrees, largest first: RFC 9162 2.1.1. */
export function joined(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return EMPTY_ROOT
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** The ranges of leaves whose hashes are an inclusion proof, from the leaf up: PATH(index, D[size]), RFC 9162 2.1.3.1. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`No entry ${index} in a log of ${size}.`)
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + split(end - start)
    path.push(index < middle ? [middle, end] : [start, middle])
    if (index < middle) end = middle
    else start = middle
  }
  return path.reverse()
}

/** The ranges whose hashes are a consistency proof: PROOF(old, D[size]), RFC 9162 2.1.4.1. Empty for old sizes 0 and `size`. */
export function consistencyRanges(old: number, size: number): readonly Range[] {
  if (!(old >= 0 && old <= size)) throw new RangeError(`A log of ${size} never had ${old} entries.`)
  if (old === 0 || old === size) return []
  const path: Range[] = []
  let [start, end] = [0, size]
  while (old !== end) {
    const middle = start + split(end - start)
    path.push(old <= middle ? [middle, end] : [start, middle])
    if (old <= middle) end = middle
    else start = middle
  }
  // The old tree's own root is known to who asks; a smaller subtree's hash is not.
  if (start > 0) path.push([start, end])
  return path.reverse()
}

/** Leaves from the first number up to, not including, the second. */
export type Range = readonly [start: number, end: number]

/** The largest power of two smaller than `size` (which is at least 2): RFC 9162 2.1.1's k. */
export function split(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}
