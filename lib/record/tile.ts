import { concat } from './bytes'
import { malformed } from './malformed'

// C2SP tlog-tiles: the tree cut into tiles of 8 levels, 256 hashes wide; and the entries in bundles of 256.
export const TILE_WIDTH = 256
const TILE_LEVELS = 8

/** Where a tile is. `level` 0 holds leaf hashes, level 1 the roots of full tiles of level 0, and so on. */
export type TileAddress = {
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; less than 256 only at the right edge. */
  readonly width: number
}

export type Tile = TileAddress & { readonly bytes: Uint8Array }

/** `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`. */
export function tilePath({ level, index, width }: TileAddress): string {
  return `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

// Groups of three digits, all but the last marked with an x: 1234067 is x001/x234/067.
function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/\d{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The address that a path spells, or null: every address has exactly one spelling. */
export function parseTilePath(path: string): TileAddress | null {
  const [, level, groups, partial] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined) return null
  const address: TileAddress = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  }
  return Number.isSafeInteger(address.index) && tilePath(address) === path ? address : null
}

/** How many hashes (or entries) tile `index` of a level has in a log of this size: 0 where there is no such tile. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const count = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(TILE_WIDTH, count - index * TILE_WIDTH))
}

/** The tile that holds the hash of a complete subtree, and which of the tile's hashes are below it. */
export function tileOf(
  level: number,
  index: number,
): { level: number; index: number; first: number; count: number } {
  const tileLevel = Math.floor(level / TILE_LEVELS)
  const count = 2 ** (level - tileLevel * TILE_LEVELS)
  const start = index * count
  const tile = Math.floor(start / TILE_WIDTH)
  return { level: tileLevel, index: tile, first: start - tile * TILE_WIDTH, count }
}

/** An entry bundle: each entry as u16be length || bytes. @throws Malformed `entry_too_large` */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  return concat(...entries.flatMap((entry) => [u16(entry.length), entry]))
}

/** @throws Malformed `bad_bundle` */
export function decodeEntries(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    const end = at + 2 + length
    if (end > bytes.length) throw malformed('bad_bundle', 'This entry bundle ends in the middle of an entry.')
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

function u16(length: number): Uint8Array {
  if (length > 0xffff) throw malformed('entry_too_large', 'An entry of a log has at most 65,535 bytes.')
  return new Uint8Array([length >> 8, length & 255])
}
