import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64 } from './base64'
import { fromHex, toHex, utf8 } from './bytes'
import { EMPTY_EDGE, edgeRoot, extend } from './extend'
import { rootFromInclusion, verifyConsistency, verifyInclusion } from './proof'
import { tileWidth } from './tile'
import { consistencyProof, inclusionProof, treeRoot } from './tile-proof'
import { EMPTY_ROOT, leafHash, nodeHash, split } from './tree'
import { entries, tilesOf } from './tree.test-support'
import { vectors } from './vectors.test-support'

/** RFC 9162 2.1.1, word for word: the slow definition that the fast code has to agree with. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT
  const [only] = leaves
  if (leaves.length === 1 && only) return only
  const k = split(leaves.length)
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

describe('the tree', () => {
  it('has the published roots', () => {
    const leaves = vectors.merkle.leaves_hex.map(fromHex)
    vectors.merkle.roots_by_size.forEach((root, size) => {
      expect(toHex(extend(EMPTY_EDGE, leaves.slice(0, size)).root)).toBe(root)
      expect(toHex(mth(leaves.slice(0, size).map(leafHash)))).toBe(root)
    })
  })

  it('has the published proofs', () => {
    const read = tilesOf(vectors.log.entries_utf8.map(utf8))
    expect(inclusionProof(read, 2, 15).map(toBase64)).toEqual(vectors.log.inclusion_index2_size15)
    expect(consistencyProof(read, 3, 15).map(toBase64)).toEqual(vectors.log.consistency_3_15)
  })

  it('proves every entry and every older size, at every size', () => {
    const all = entries(40)
    const leaves = all.map(leafHash)
    const read = tilesOf(all)
    const roots = Array.from({ length: 41 }, (_, size) => mth(leaves.slice(0, size)))
    for (let size = 1; size <= 40; size++) {
      const root = roots[size] ?? EMPTY_ROOT
      expect(toHex(treeRoot(read, size))).toBe(toHex(root))
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(read, index, size)
        const leaf = leaves[index] ?? EMPTY_ROOT
        expect(verifyInclusion({ index, size, leaf, path }, root)).toBe(true)
        expect(verifyInclusion({ index: (index + 1) % size, size, leaf, path }, root)).toBe(size === 1)
        expect(verifyInclusion({ index, size, leaf, path: [...path, leaf] }, root)).toBe(false)
      }
      for (let old = 0; old <= size; old++) {
        const path = consistencyProof(read, old, size)
        const [before, now] = [
          { size: old, root: roots[old] ?? EMPTY_ROOT },
          { size, root },
        ]
        expect(verifyConsistency({ old: before, now, path })).toBe(true)
        if (old > 0)
          expect(verifyConsistency({ old: { size: old, root: leafHash(root) }, now, path })).toBe(false)
        if (path.length > 0) expect(verifyConsistency({ old: before, now, path: path.slice(1) })).toBe(false)
      }
    }
  })

  it('is not proved from tiles that are too short', () => {
    const read = tilesOf(entries(300))
    expect(() => inclusionProof((tile) => read(tile).subarray(32), 3, 300)).toThrow('too few')
  })

  it('counts beyond 32 bits', () => {
    const size = 2 ** 40 + 3
    const path = Array.from({ length: 3 }, () => EMPTY_ROOT)
    expect(rootFromInclusion({ index: size - 1, size, leaf: EMPTY_ROOT, path })).toBeNull()
    expect(rootFromInclusion({ index: size - 1, size, leaf: EMPTY_ROOT, path: path.slice(1) })).not.toBeNull()
    expect(tileWidth(4, 0, size)).toBe(256)
    expect(tileWidth(5, 0, size)).toBe(1)
  })
})

describe('extending a log', () => {
  it('gives the same log in one step or in many', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 4 }), (steps) => {
        const all = entries(steps.reduce((sum, step) => sum + step, 0))
        let edge = EMPTY_EDGE
        const tiles = new Map<string, string>()
        for (const step of steps) {
          const extended = extend(edge, all.slice(edge.size, edge.size + step))
          edge = extended.edge
          for (const tile of extended.changed) {
            expect(tile.width).toBe(tileWidth(tile.level, tile.index, extended.size))
            tiles.set(`${tile.level}/${tile.index}`, toHex(tile.bytes))
          }
          expect(extended.root).toEqual(edgeRoot(edge))
        }
        const once = extend(EMPTY_EDGE, all)
        expect(edge).toEqual(once.edge)
        expect([...tiles].sort()).toEqual(
          once.changed.map((t) => [`${t.level}/${t.index}`, toHex(t.bytes)]).sort(),
        )
        expect(toHex(once.root)).toBe(toHex(mth(all.map(leafHash))))
      }),
      { numRuns: 15 },
    )
  })

  it('refuses tiles that are not the right edge of their size', () => {
    const { edge } = extend(EMPTY_EDGE, entries(300))
    expect(() => extend({ ...edge, size: 299 }, [])).toThrow('right edge')
    expect(() => extend({ ...edge, hashes: edge.hashes.slice(1) }, [])).toThrow('right edge')
    expect(() => extend({ ...edge, entries: new Uint8Array(0) }, [])).toThrow('right edge')
    expect(() => extend({ ...edge, hashes: [] }, [])).toThrow('right edge')
  })
})
