import { fromUtf8 } from './bytes'
import { isMalformed } from './malformed'
import type { BundleReader } from './verify'
import { bad, ENCRYPTED, type RandomAccess, readDirectory, viewOf, type ZipEntry } from './zip-directory'

/** Raw DEFLATE (RFC 1951): the platform's, handed in, so that this file runs in a browser too. */
export type Inflate = (compressed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** A bundle in a zip file. Nothing is unpacked to disk, and no file yields more than it declares. @throws Malformed */
export async function openZip(zip: RandomAccess, inflate: Inflate): Promise<BundleReader> {
  const directory = await readDirectory(zip)
  const entries = new Map(directory.map((entry) => [entry.path, entry]))
  async function* open(path: string) {
    const entry = entries.get(path)
    if (!entry) throw new Error(`There is no ${path}.`)
    yield* content(zip, entry, inflate)
  }
  return { paths: [...entries.keys()], open, bytes: directory.reduce((sum, { size }) => sum + size, 0) }
}

async function* content(zip: RandomAccess, entry: ZipEntry, inflate: Inflate): AsyncGenerator<Uint8Array> {
  const stored = chunks(zip, await dataOffset(zip, entry), entry.compressed)
  let length = 0
  try {
    for await (const chunk of entry.isDeflated ? inflate(stored) : stored) {
      length += chunk.length
      if (length > entry.size) throw bad(`${entry.path} is larger than it says`)
      yield chunk
    }
  } catch (thrown) {
    throw isMalformed(thrown) ? thrown : bad(`${entry.path} is damaged`)
  }
  if (length !== entry.size) throw bad(`${entry.path} is smaller than it says`)
}

const LOCAL = 0x04034b50

/** Behind the local header (4.3.7), which has to name the same file as the directory. */
async function dataOffset(zip: RandomAccess, { path, offset, isDeflated }: ZipEntry): Promise<number> {
  const header = await viewOf(zip, offset, 30)
  if (header.getUint32(0, true) !== LOCAL) throw bad(`${path} is not where it should be`)
  const [name, extra] = [header.getUint16(26, true), header.getUint16(28, true)]
  const found = await viewOf(zip, offset + 30, name)
  const bytes = new Uint8Array(found.buffer, found.byteOffset, found.byteLength)
  if (fromUtf8(bytes) !== path) throw bad(`${path} has two names`)
  // Whoever unpacks by this header would get something else.
  const isSame =
    header.getUint16(8, true) === (isDeflated ? 8 : 0) && (header.getUint16(6, true) & ENCRYPTED) === 0
  if (!isSame) throw bad(`${path} is packed in two ways`)
  return offset + 30 + name + extra
}

const CHUNK = 256 * 1024

async function* chunks(zip: RandomAccess, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += CHUNK) {
    const view = await viewOf(zip, start + at, Math.min(CHUNK, length - at))
    yield new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  }
}
