import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes'
import { EMPTY_EDGE, extend } from './extend'
import { manyInclusions } from './many-inclusions'
import { verifyInclusion } from './proof'
import { tilePath } from './tile'
import { inclusionProof, type ReadTile } from './tile-proof'
import { leafHash } from './tree'

function logOf(size: number) {
  const entries = Array.from({ length: size }, (_, i) => utf8(`${i}`))
  const { changed, root } = extend(EMPTY_EDGE, entries)
  const tiles = new Map(changed.map((tile) => [tilePath({ ...tile, width: 256 }), tile.bytes]))
  const read: ReadTile = (tile) =>
    (tiles.get(tilePath({ ...tile, width: 256 })) ?? new Uint8Array(0)).subarray(0, tile.width * 32)
  const inclusion = (index: number) => ({
    index,
    leaf: leafHash(entries[index] ?? new Uint8Array(0)),
    path: inclusionProof(read, index, size),
  })
  return { root, inclusion }
}

describe('many inclusion proofs of one tree', () => {
  it('stand in every size up to 300, whatever came before', () => {
    for (let size = 1; size <= 300; size++) {
      const { root, inclusion } = logOf(size)
      const check = manyInclusions(size, root)
      for (let index = 0; index < size; index += Math.ceil(size / 6))
        expect(check(inclusion(index))).toBe(true)
      for (let index = size - 1; index >= 0; index -= Math.ceil(size / 4))
        expect(check(inclusion(index))).toBe(true)
    }
  })

  it('are of whole places', () => {
    const { root, inclusion } = logOf(15)
    const check = manyInclusions(15, root)
    for (let index = 0; index < 15; index++) {
      expect(check(inclusion(index))).toBe(true)
      expect(check({ ...inclusion(index), index: index + 0.5 })).toBe(false)
    }
  })

  it('are judged as each would be alone, with a hash too many, too few, changed or swapped', () => {
    const size = fc.integer({ min: 1, max: 300 })
    const tampering = fc.record({
      index: fc.nat(),
      how: fc.constantFrom('no', 'flip', 'drop', 'add', 'leaf', 'place'),
      at: fc.nat(),
    })
    fc.assert(
      fc.property(size, fc.array(tampering, { maxLength: 20 }), (n, steps) => {
        const { root, inclusion } = logOf(n)
        const check = manyInclusions(n, root)
        for (const { index, how, at } of steps) {
          const claimed = tampered(inclusion(index % n), how, at)
          expect(check(claimed)).toBe(verifyInclusion({ ...claimed, size: n }, root))
        }
      }),
      { numRuns: 300 },
    )
  })
})

type Claim = { readonly index: number; readonly leaf: Uint8Array; readonly path: readonly Uint8Array[] }

function tampered(claim: Claim, how: string, at: number): Claim {
  const { index, leaf, path } = claim
  const flipped = (hash: Uint8Array) => hash.map((byte, i) => (i === at % 32 ? byte ^ 1 : byte))
  switch (how) {
    case 'flip':
      return { ...claim, path: path.map((hash, i) => (i === at % path.length ? flipped(hash) : hash)) }
    case 'drop':
      return { ...claim, path: path.slice(0, -1) }
    case 'add':
      return { ...claim, path: [...path, leaf] }
    case 'leaf':
      return { ...claim, leaf: flipped(leaf) }
    case 'place':
      return { ...claim, index: index + (at % 2 ? 1 : -1) }
    default:
      return claim
  }
}
