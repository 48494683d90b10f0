import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal, toHex, utf8 } from './bytes'
import { type Edge, EMPTY_EDGE, edgeRoot, extend } from './extend'
import { verifyConsistency, verifyInclusion } from './proof'
import { type Tile, tilePath } from './tile'
import { consistencyProof, inclusionProof, manyProofs, type ReadTile, treeRoot } from './tile-proof'
import { EMPTY_ROOT, leafHash, nodeHash, split } from './tree'

const MOST = 300
/** Ninety thousand proofs. */
const SLOW = 120_000
const entries = Array.from({ length: MOST }, (_, i) => utf8(`entry ${i}`))
const leaves = entries.map(leafHash)

/** RFC 9162 2.1.1, word for word, remembered: the slow definition that the fast code has to agree with. */
const remembered = new Map<string, Uint8Array>()
function mth(from: number, to: number): Uint8Array {
  if (to === from) return EMPTY_ROOT
  if (to - from === 1) return leaves[from] ?? EMPTY_ROOT
  const known = remembered.get(`${from}-${to}`)
  if (known) return known
  const middle = from + split(to - from)
  const hash = nodeHash(mth(from, middle), mth(middle, to))
  remembered.set(`${from}-${to}`, hash)
  return hash
}

/** RFC 9162 2.1.3.1, word for word. */
function path(index: number, from: number, to: number): Uint8Array[] {
  if (to - from === 1) return []
  const k = split(to - from)
  return index < k
    ? [...path(index, from, from + k), mth(from + k, to)]
    : [...path(index - k, from + k, to), mth(from, from + k)]
}

/** SUBPROOF of RFC 9162 2.1.4.1, word for word. */
function subproof(old: number, from: number, to: number, isWhole: boolean): Uint8Array[] {
  if (old === to - from) return isWhole ? [] : [mth(from, to)]
  const k = split(to - from)
  return old <= k
    ? [...subproof(old, from, from + k, isWhole), mth(from + k, to)]
    : [...subproof(old - k, from + k, to, false), mth(from, from + k)]
}

const tiles = new Map<string, Tile>()
for (const tile of extend(EMPTY_EDGE, entries).changed) tiles.set(tilePath({ ...tile, width: 256 }), tile)
const read: ReadTile = ({ level, index, width }) =>
  tiles.get(tilePath({ level, index, width: 256 }))?.bytes.subarray(0, width * 32) ?? new Uint8Array()

const later = async (tile: Parameters<ReadTile>[0]) => read(tile)

const same = (one: readonly Uint8Array[], other: readonly Uint8Array[]) =>
  one.length === other.length && one.every((hash, i) => equal(hash, other[i] ?? EMPTY_ROOT))
const flipped = (hash: Uint8Array, bit: number) =>
  hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe(`every size up to ${MOST}`, () => {
  it('has the root of the definition, from tiles and from the edge alike', () => {
    let edge: Edge = EMPTY_EDGE
    for (let size = 0; size <= MOST; size++) {
      if (size > 0) edge = extend(edge, entries.slice(size - 1, size)).edge
      expect(toHex(edgeRoot(edge))).toBe(toHex(mth(0, size)))
      expect(toHex(treeRoot(read, size))).toBe(toHex(mth(0, size)))
    }
  })

  it('proves each of its entries, as the definition does', { timeout: SLOW }, async () => {
    const wrong: string[] = []
    for (let size = 1; size <= MOST; size++) {
      const [root, proofs] = [mth(0, size), manyProofs(later, size)]
      for (let index = 0; index < size; index++) {
        const proof = await proofs.inclusion(index)
        const leaf = leaves[index] ?? EMPTY_ROOT
        const isProved = verifyInclusion({ index, size, leaf, path: proof }, root)
        if (!isProved || !same(proof, path(index, 0, size))) wrong.push(`${index} in ${size}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('proves each of its older sizes, as the definition does', { timeout: SLOW }, async () => {
    const wrong: string[] = []
    for (let size = 1; size <= MOST; size++) {
      const [now, proofs] = [{ size, root: mth(0, size) }, manyProofs(later, size)]
      for (let old = 0; old <= size; old++) {
        const proof = await proofs.consistency(old)
        const isProved = verifyConsistency({ old: { size: old, root: mth(0, old) }, now, path: proof })
        const defined = old === 0 ? [] : subproof(old, 0, size, true)
        if (!isProved || !same(proof, defined)) wrong.push(`${old} in ${size}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('a proof of which anything was changed', () => {
  const size = fc.integer({ min: 2, max: MOST })
  const change = fc.record({ at: fc.nat(), bit: fc.integer({ min: 0, max: 255 }) })

  it('shows no entry: not with another hash, bit, length or place', () => {
    fc.assert(
      fc.property(size, fc.nat(), change, (n, pick, { at, bit }) => {
        const index = pick % n
        const [leaf = EMPTY_ROOT, root, proof] = [leaves[index], mth(0, n), inclusionProof(read, index, n)]
        const place = at % proof.length
        const altered = proof.map((hash, i) => (i === place ? flipped(hash, bit) : hash))
        const claim = { index, size: n, leaf, path: proof }
        for (const wrong of [
          { ...claim, path: altered },
          { ...claim, path: proof.filter((_, i) => i !== place) },
          { ...claim, path: [...proof, proof[place] ?? EMPTY_ROOT] },
          { ...claim, leaf: flipped(leaf, bit) },
          { ...claim, index: (index + 1 + (at % (n - 1))) % n },
        ])
          expect(verifyInclusion(wrong, root)).toBe(false)
        expect(verifyInclusion(claim, flipped(root, bit))).toBe(false)
      }),
    )
  })

  it('shows no older state: not with another hash, bit or length, nor the other way round', () => {
    fc.assert(
      fc.property(size, fc.nat(), change, (n, pick, { at, bit }) => {
        const old = 1 + (pick % (n - 1))
        const [before, now] = [
          { size: old, root: mth(0, old) },
          { size: n, root: mth(0, n) },
        ]
        const proof = consistencyProof(read, old, n)
        const place = at % proof.length
        const altered = proof.map((hash, i) => (i === place ? flipped(hash, bit) : hash))
        const claim = { old: before, now, path: proof }
        for (const wrong of [
          { ...claim, path: altered },
          { ...claim, path: proof.filter((_, i) => i !== place) },
          { ...claim, path: [...proof, EMPTY_ROOT] },
          { ...claim, old: { ...before, root: flipped(before.root, bit) } },
          { ...claim, now: { ...now, root: flipped(now.root, bit) } },
          { old: now, now: before, path: proof },
        ])
          expect(verifyConsistency(wrong)).toBe(false)
      }),
    )
  })
})
