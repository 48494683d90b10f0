import { utf8 } from './bytes'
import { EMPTY_EDGE, extend } from './extend'
import { type Tile, tilePath } from './tile'
import type { ReadTile } from './tile-proof'

/** A reader of the tiles of a log with these entries; refuses a tile or a width that the log does not have. */
export function tilesOf(entries: readonly Uint8Array[]): ReadTile {
  const tiles = new Map<string, Tile>()
  const { changed } = extend(EMPTY_EDGE, entries)
  for (const tile of changed) tiles.set(tilePath({ ...tile, width: 256 }), tile)
  return ({ level, index, width }) => {
    const tile = tiles.get(tilePath({ level, index, width: 256 }))
    if (!tile || tile.width < width) throw new Error(`no ${tilePath({ level, index, width })}`)
    return tile.bytes.subarray(0, width * 32)
  }
}

export const entries = (count: number) => Array.from({ length: count }, (_, i) => utf8(`entry ${i}`))
