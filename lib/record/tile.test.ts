import { describe, expect, it } from 'vitest'
import { fromUtf8, toHex, utf8 } from './bytes'
import { parseCheckpoint } from './checkpoint'
import { EMPTY_EDGE, extend } from './extend'
import { checkNote, parseNote, parseVkey } from './note'
import { decodeEntries, encodeEntries, parseTilePath, tilePath } from './tile'
import { vectorBytes, vectors, vectorText } from './vectors.test-support'

describe('a tile', () => {
  it('has the published path', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe(vectors.tiles.path_level0_n1234067)
    expect(tilePath({ level: 'entries', index: 273, width: 112 })).toBe(vectors.tiles.entries_273_partial_112)
  })

  it.each([
    'tile/0/000',
    'tile/5/x001/x234/067',
    'tile/entries/273.p/112',
    'tile/0/999.p/255',
    'tile/1/x001/000',
  ])('is found again by its path %s', (path) => {
    const address = parseTilePath(path)
    expect(address && tilePath(address)).toBe(path)
  })

  it.each([
    'tile/0/0',
    'tile/00/000',
    'tile/64/000/../000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/012',
    '/tile/0/000',
    'tile/0/000/',
    'tile/-1/000',
  ])('has no other spelling: %s', (path) => {
    expect(parseTilePath(path)).toBeNull()
  })

  it('of entries comes back as it went in', () => {
    const bundle = encodeEntries(vectors.log.entries_utf8.slice(0, 3).map(utf8))
    expect(toHex(bundle)).toBe(vectors.tiles.entry_bundle_000_p_3_hex)
    expect(decodeEntries(bundle).map(fromUtf8)).toEqual(['one', 'two', 'three'])
    expect(() => decodeEntries(bundle.subarray(0, 6))).toThrow()
    expect(() => decodeEntries(bundle.subarray(0, 7))).toThrow()
    expect(() => encodeEntries([new Uint8Array(65536)])).toThrow()
  })
})

describe("another implementation's log", () => {
  const entries = vectors.log.entries_utf8.map(utf8)

  it('is the same log when extended one entry at a time', () => {
    let edge = EMPTY_EDGE
    for (let size = 1; size <= 15; size++) {
      const extended = extend(edge, entries.slice(size - 1, size))
      for (const tile of extended.changed) {
        expect(tile.bytes).toEqual(vectorBytes(`published/tessera/log/${tilePath(tile)}`))
      }
      const note = parseNote(vectorText(`published/tessera/log/checkpoint.${size}`))
      expect(checkNote(parseVkey(vectors.log.vkey), note)).toBe('signed')
      expect(parseCheckpoint(note.text)).toEqual({
        origin: 'example.com/log/testdata',
        size,
        root: extended.root,
      })
      edge = extended.edge
    }
    expect(toHex(edge.hashes[0] ?? new Uint8Array(0))).toBe(vectors.tiles.tile_0_000_p_15_hex)
  })
})
