import { isSafePath } from './bagit'
import { fromUtf8 } from './bytes'
import { malformed } from './malformed'

// PKWARE's APPNOTE.TXT 6.3: end record (4.3.16), its 64-bit form (4.3.14, 4.3.15) and the central directory (4.3.12).

/** Anything that can be read at any place: an open file, a Blob. */
export type RandomAccess = {
  readonly size: number
  readonly read: (offset: number, length: number) => Promise<Uint8Array>
}

export type ZipEntry = {
  readonly path: string
  /** Where its local header is. */
  readonly offset: number
  readonly isDeflated: boolean
  readonly compressed: number
  readonly size: number
}

const END = 0x06054b50
const END_LENGTH = 22
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const CENTRAL = 0x02014b50
const MAX_COMMENT = 0xffff
const MAX_DIRECTORY = 256 * 1024 * 1024

/** The files of a zip. Refused: names that lead elsewhere, links, two files of one name, encryption, overlaps, bombs. @throws Malformed */
export async function readDirectory(zip: RandomAccess): Promise<ZipEntry[]> {
  const { offset, length, count } = await findDirectory(zip)
  if (length > MAX_DIRECTORY || offset + length > zip.size)
    throw bad('its directory is not where it should be')
  const bytes = await zip.read(offset, length)
  const entries = parseEntries(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), count)
  checkNames(entries)
  checkOverlaps(entries, offset)
  checkExpansion(entries, zip.size)
  return entries
}

type Directory = { readonly offset: number; readonly length: number; readonly count: number }

async function findDirectory(zip: RandomAccess): Promise<Directory> {
  const start = Math.max(0, zip.size - END_LENGTH - MAX_COMMENT)
  const bytes = await zip.read(start, zip.size - start)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = bytes.length - END_LENGTH; at >= 0; at--) {
    const isEnd =
      view.getUint32(at, true) === END && at + END_LENGTH + view.getUint16(at + 20, true) === bytes.length
    if (!isEnd) continue
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 6, true) !== 0)
      throw bad('it is one part of several')
    const found = {
      count: view.getUint16(at + 10, true),
      length: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    }
    const isLarge = found.count === 0xffff || found.length === 0xffffffff || found.offset === 0xffffffff
    return isLarge ? findDirectory64(zip, start + at) : found
  }
  throw bad('it has no end record')
}

async function findDirectory64(zip: RandomAccess, end: number): Promise<Directory> {
  const locator = await viewOf(zip, end - 20, 20)
  if (locator.getUint32(0, true) !== LOCATOR64) throw bad('its 64-bit end record is missing')
  const record = await viewOf(zip, large(locator, 8), 56)
  if (record.getUint32(0, true) !== END64) throw bad('its 64-bit end record is missing')
  return { count: large(record, 32), length: large(record, 40), offset: large(record, 48) }
}

export async function viewOf(zip: RandomAccess, offset: number, length: number): Promise<DataView> {
  if (offset < 0 || offset + length > zip.size) throw bad('it is cut short')
  const bytes = await zip.read(offset, length)
  if (bytes.length !== length) throw bad('it is cut short')
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

function large(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true))
  if (!Number.isSafeInteger(value)) throw bad('it has an impossible size')
  return value
}

function parseEntries(view: DataView, count: number): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== CENTRAL)
      throw bad('its directory is broken')
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true))
    const end = at + 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
    if (end > view.byteLength) throw bad('its directory is broken')
    const entry = parseEntry(view, at, name ?? 0, extra ?? 0)
    if (entry) entries.push(entry)
    at = end
  }
  if (at !== view.byteLength) throw bad('its directory is broken')
  return entries
}

/** The bit of the general purpose flags (4.4.4). */
export const ENCRYPTED = 1
const FILE_TYPE = 0o170000
const REGULAR = 0o100000
const UNIX = 3

/** null for a folder, which has no content. */
function parseEntry(view: DataView, at: number, nameLength: number, extraLength: number): ZipEntry | null {
  const path = fromUtf8(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
  const method = view.getUint16(at + 10, true)
  if ((view.getUint16(at + 8, true) & ENCRYPTED) !== 0) throw bad(`${path} is encrypted`)
  if (method !== 0 && method !== 8) throw bad(`${path} is compressed in an unusual way`)
  const sizes = sizesOf(view, at, at + 46 + nameLength, extraLength)
  if (path.endsWith('/') && sizes.size === 0) return checkName(path.slice(0, -1))
  const type = (view.getUint32(at + 38, true) >>> 16) & FILE_TYPE
  if (view.getUint8(at + 5) === UNIX && type !== 0 && type !== REGULAR) throw bad(`${path} is a link`)
  if (method === 0 && sizes.size !== sizes.compressed) throw bad(`${path} has two sizes`)
  return { path, isDeflated: method === 8, ...sizes }
}

// Sizes that don't fit 32 bits are in extra field 0x0001, in this order, and only those (4.5.3).
function sizesOf(view: DataView, at: number, extra: number, extraLength: number) {
  const wide = extra64(view, extra, extraLength)
  const field = (place: number): number => {
    const value = view.getUint32(at + place, true)
    if (value !== 0xffffffff) return value
    const next = wide.shift()
    if (next === undefined) throw bad('it has an impossible size')
    return next
  }
  const size = field(24)
  const compressed = field(20)
  return { size, compressed, offset: field(42) }
}

function extra64(view: DataView, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length; ) {
    const [id, size] = [view.getUint16(at, true), view.getUint16(at + 2, true)]
    if (at + 4 + size > start + length) break
    if (id === 1)
      return Array.from({ length: Math.min(3, Math.floor(size / 8)) }, (_, i) => large(view, at + 4 + 8 * i))
    at += 4 + size
  }
  return []
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>()
  for (const { path } of entries) {
    checkName(path)
    if (seen.has(path)) throw malformed('duplicate_path', `The zip has ${path} twice.`)
    seen.add(path)
  }
}

/** A folder's, too: who unpacks makes it. */
function checkName(path: string): null {
  if (isSafePath(path)) return null
  throw malformed('unsafe_path', `The zip has a file with an unsafe name: ${JSON.stringify(path)}.`)
}

/** Files that share their bytes are how a small zip becomes a huge one. */
function checkOverlaps(entries: readonly ZipEntry[], directory: number): void {
  let end = 0
  for (const { path, offset, compressed } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < end) throw bad(`${path} overlaps another file`)
    end = offset + 30 + path.length + compressed
  }
  if (end > directory) throw bad('its directory overlaps a file')
}

const MUCH = 2 ** 30
const MOST_TIMES = 100

/** What people write, and digests, don't compress a hundredfold; a file that is made to exhaust its reader does. */
function checkExpansion(entries: readonly ZipEntry[], size: number): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.size, 0)
  if (bytes > MUCH && bytes > MOST_TIMES * size)
    throw bad(`its files would be ${Math.round(bytes / size)} times as large as it is`)
}

export function bad(why: string) {
  return malformed('bad_zip', `This zip can't be read: ${why}.`)
}
