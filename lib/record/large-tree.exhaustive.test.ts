import { describe, expect, it } from 'vitest'
import { EMPTY_EDGE, extend } from './extend'
import { verifyConsistency, verifyInclusion } from './proof'
import { tilePath } from './tile'
import {
  consistencyProof,
  consistencyProofAsync,
  inclusionProofAsync,
  manyProofs,
  type ReadTile,
  treeRoot,
} from './tile-proof'
import { EMPTY_ROOT, leafHash } from './tree'
import { entries, tilesOf } from './tree.test-support'

describe('a large tree', () => {
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
})
