import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64 } from './base64'
import { fromHex, toHex, utf8 } from './bytes'
import { EMPTY_EDGE, edgeRoot, extend } from './extend'
import { rootFromInclusion, verifyConsistency, verifyInclusion } from './proof'
import { type Tile, tilePath, tileWidth } from './tile'
import {
  consistencyProof,
  consistencyProofAsync,
  inclusionProof,
  inclusionProofAsync,
  manyProofs,
  type ReadTile,
  treeRoot,
} from './tile-proof'
import { EMPTY_ROOT, leafHash, nodeHash, split } from './tree'
import { vectors } from './vectors.test-support'

/** RFC 9162 2.1.1, word for word: the slow definition that the fast code has to agree with. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT
  const [only] = leaves
  if (leaves.length === 1 && only) return only
  const k = split(leaves.length)
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

/** A reader of the tiles of a log with these entries; refuses a tile or a width that the log does not have. */
function tilesOf(entries: readonly Uint8Array[]): ReadTile {
  const tiles = new Map<string, Tile>()
  const { changed } = extend(EMPTY_EDGE, entries)
  for (const tile of changed) tiles.set(tilePath({ ...tile, width: 256 }), tile)
  return ({ level, index, width }) => {
    const tile = tiles.get(tilePath({ level, index, width: 256 }))
    if (!tile || tile.width < width) throw new Error(`no ${tilePath({ level, index, width })}`)
    return tile.bytes.subarray(0, width * 32)
  }
}

const entries = (count: number) => Array.from({ length: count }, (_, i) => utf8(`entry ${i}`))

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
    const all = entries(70)
    const leaves = all.map(leafHash)
    const read = tilesOf(all)
    const roots = Array.from({ length: 71 }, (_, size) => mth(leaves.slice(0, size)))
    for (let size = 1; size <= 70; size++) {
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

  it('proves across tiles of several levels, from few tiles, with a reader that answers later', async () => {
    const size = 256 * 256 + 256 * 3 + 5
    const all = entries(size)
    const read = tilesOf(all)
    const root = extend(EMPTY_EDGE, all).root
    const seen: string[] = []
    const later = async (tile: Parameters<ReadTile>[0]) => {
      seen.push(tilePath(tile))
      return read(tile)
    }
    for (const index of [0, 255, 256, 65535, 65536, 66303, size - 1]) {
      const path = await inclusionProofAsync(later, index, size)
      expect(verifyInclusion({ index, size, leaf: leafHash(all[index] ?? EMPTY_ROOT), path }, root)).toBe(
        true,
      )
    }
    expect(new Set(seen).size).toBeLessThan(12)
    for (const old of [1, 256, 65536, 65537, 66000]) {
      const path = await consistencyProofAsync(later, old, size)
      expect(
        verifyConsistency({ old: { size: old, root: treeRoot(read, old) }, now: { size, root }, path }),
      ).toBe(true)
    }
  })

  it('proves many entries from tiles that are read once each', async () => {
    const size = 256 * 80 + 7
    const all = entries(size)
    const [read, root] = [tilesOf(all), extend(EMPTY_EDGE, all).root]
    const reads: string[] = []
    const many = manyProofs(async (tile) => {
      reads.push(tilePath(tile))
      return read(tile)
    }, size)
    for (let index = 0; index < size; index += 50) {
      const path = await many.inclusion(index)
      expect(verifyInclusion({ index, size, leaf: leafHash(all[index] ?? EMPTY_ROOT), path }, root)).toBe(
        true,
      )
    }
    expect(reads).toHaveLength(new Set(reads).size)
    expect(await many.consistency(300)).toEqual(consistencyProof(read, 300, size))
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
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }), (steps) => {
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
      { numRuns: 30 },
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
