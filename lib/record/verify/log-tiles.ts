import { equal, fromUtf8 } from '../bytes'
import type { Checkpoint } from '../checkpoint'
import { type Edge, EMPTY_EDGE, extend } from '../extend'
import { orNull } from '../malformed'
import { decodeEntries, parseTilePath, TILE_WIDTH, type Tile, tilePath, tileWidth } from '../tile'
import { EMPTY_ROOT } from '../tree'
import type { Context } from './context'
import { count, fields, jsonOf, text } from './fields'
import { below, readBytes } from './reader'

const FOLDER = 'data/log/'

export type SeenEntry = { readonly index: number; readonly case: string; readonly seq: number }

export type WholeLog = {
  /** The log's roots at the sizes that were asked for. */
  readonly roots: ReadonlyMap<number, Uint8Array>
}

/**
 * The whole organisation's log, rebuilt from its entry bundles where the bundle has them all: ids and digests only, and
 * it shows that nothing else of these streams is in the log. null where it is not there, or not what was signed.
 */
export async function checkTiles(
  context: Context,
  { size, root }: Checkpoint,
  sizes: ReadonlySet<number>,
  each: (entry: SeenEntry) => void,
): Promise<WholeLog | null> {
  if (!hasAllEntries(context, size)) return null
  checkPlaces(context, size)
  const roots = new Map<number, Uint8Array>([[0, EMPTY_ROOT]])
  let edge = EMPTY_EDGE
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const entries = await readEntries(context, index, size)
    if (entries === null) return null
    for (const [i, entry] of entries.entries()) visit(each, entry, index * TILE_WIDTH + i)
    edge = await grow(context, edge, entries, size, sizes, roots)
  }
  if (equal(extend(edge, []).root, root)) return { roots }
  context.report.add(
    'tile.altered',
    'These entries are not the log that was signed: their root is another.',
    { file: `${FOLDER}tile/entries` },
  )
  return null
}

function hasAllEntries({ reader, report }: Context, size: number): boolean {
  const wanted = Array.from({ length: Math.ceil(size / TILE_WIDTH) }, (_, index) => entriesPath(index, size))
  const missing = wanted.filter((path) => !reader.has(path))
  if (missing.length > 0 && missing.length < wanted.length) {
    report.add(
      'tile.incomplete',
      `${missing.length} of the log's ${wanted.length} entry bundles are not there.`,
      {
        file: missing[0] ?? FOLDER,
      },
    )
  }
  return missing.length === 0
}

/** Every tile is one of a log of this size: others would be compared with nothing. */
function checkPlaces({ reader, report }: Context, size: number): void {
  for (const { path, name } of below(reader, `${FOLDER}tile/`)) {
    const place = parseTilePath(`tile/${name}`)
    if (place !== null && place.width === tileWidth(place.level, place.index, size)) continue
    report.add('tile.malformed', `${path} is no tile of a log of ${size} entries.`, { file: path })
  }
}

function entriesPath(index: number, size: number): string {
  return FOLDER + tilePath({ level: 'entries', index, width: tileWidth('entries', index, size) })
}

async function readEntries(
  { reader, report }: Context,
  index: number,
  size: number,
): Promise<Uint8Array[] | null> {
  const path = entriesPath(index, size)
  const bytes = await readBytes(reader, path)
  const entries = bytes && orNull(() => decodeEntries(bytes))
  if (entries?.length === tileWidth('entries', index, size)) return entries
  report.add('tile.malformed', `${path} is not a bundle of that many entries.`, { file: path })
  return null
}

function visit(each: (entry: SeenEntry) => void, bytes: Uint8Array, index: number): void {
  const entry = fields(jsonOf(orNull(() => fromUtf8(bytes)) ?? ''))
  const [stream, seq] = [text(entry.case), count(entry.seq)]
  if (stream !== null && seq !== null) each({ index, case: stream, seq })
}

async function grow(
  context: Context,
  edge: Edge,
  entries: readonly Uint8Array[],
  size: number,
  sizes: ReadonlySet<number>,
  roots: Map<number, Uint8Array>,
): Promise<Edge> {
  for (const wanted of sizes) {
    if (wanted > edge.size && wanted <= edge.size + entries.length) {
      roots.set(wanted, extend(edge, entries.slice(0, wanted - edge.size)).root)
    }
  }
  const { edge: next, changed } = extend(edge, entries)
  for (const tile of changed) await compare(context, tile, size)
  return next
}

/** A hash tile in the bundle has to be the one that the entries make. */
async function compare({ reader, report }: Context, tile: Tile, size: number): Promise<void> {
  if (tile.level === 'entries' || tile.width !== tileWidth(tile.level, tile.index, size)) return
  const path = FOLDER + tilePath(tile)
  const bytes = await readBytes(reader, path)
  if (bytes === null || equal(bytes, tile.bytes)) return
  report.add('tile.altered', `${path} is not the tile that the log's entries make.`, { file: path })
}
