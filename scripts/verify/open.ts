import { createReadStream } from 'node:fs'
import { type FileHandle, lstat, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { atBagRoot } from '../../lib/record/bag-root'
import { malformed } from '../../lib/record/malformed'
import type { BundleReader } from '../../lib/record/verify'
import { type Inflate, openZip } from '../../lib/record/zip'
import type { RandomAccess } from '../../lib/record/zip-directory'

export type OpenBundle = { readonly reader: BundleReader; readonly close: () => Promise<void> }

/** A folder or a zip file. @throws Malformed, or the file system's own error */
export async function openBundle(path: string): Promise<OpenBundle> {
  const found = await stat(path)
  if (found.isDirectory()) return { reader: atBagRoot(await folder(path)), close: async () => {} }
  // A pipe would be waited for, without end, and a zip is read from its end.
  if (!found.isFile())
    throw malformed('not_a_file', `${path} is neither a file nor a folder: save the bundle first.`)
  const file = await open(path)
  try {
    const reader = atBagRoot(await openZip(await accessTo(file), inflate))
    return { reader, close: () => file.close() }
  } catch (thrown) {
    await file.close()
    throw thrown
  }
}

async function folder(root: string): Promise<BundleReader> {
  const files = new Map<string, number>()
  await walk(root, '', files)
  return {
    paths: [...files.keys()],
    open: (path) => createReadStream(join(root, path), { highWaterMark: 256 * 1024 }),
    bytes: [...files.values()].reduce((sum, size) => sum + size, 0),
  }
}

async function walk(root: string, below: string, files: Map<string, number>): Promise<void> {
  for (const name of (await readdir(join(root, below))).sort()) {
    const path = below === '' ? name : `${below}/${name}`
    const found = await lstat(join(root, path))
    if (found.isDirectory()) await walk(root, path, files)
    else if (found.isFile()) files.set(path, found.size)
    else throw malformed('not_a_file', `${path} is a link or a device: a bundle has plain files only.`)
  }
}

async function accessTo(file: FileHandle): Promise<RandomAccess> {
  const { size } = await file.stat()
  async function read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let got = 0
    while (got < length) {
      const { bytesRead } = await file.read(bytes, got, length - got, offset + got)
      if (bytesRead === 0) break
      got += bytesRead
    }
    return bytes.subarray(0, got)
  }
  return { size, read }
}

const inflate: Inflate = (compressed) => {
  const inflated = createInflateRaw({ chunkSize: 256 * 1024 })
  // An error of either end reaches whoever reads `inflated`.
  pipeline(Readable.from(compressed), inflated, () => {})
  return inflated
}
