import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { BundleFile } from '@/lib/record/bundle'
import { gathered } from './gathered'

/** Most of an export is digests, which no effort makes smaller: quick is better. */
const LEVEL = 3
/** Zip has no time zones and starts in 1980: one fixed time, so that the same export gives the same file. */
const TIME = new Date(1980, 0, 1)

/**
 * The bundle as a zip, written as it is read: a large export needs no more memory than a small one. Its 64-bit form (zip64) where sizes ask
 * for it, or where it is asked for.
 */
export function asZip(files: AsyncIterable<BundleFile>, { wide = false } = {}): Readable {
  const zip = new ZipFile()
  // Piped, not wrapped: a wrapped stream stops for good in the middle of a long directory.
  const output = new PassThrough()
  pipeline(zip.outputStream, output).catch(() => undefined) // whoever reads `output` learns of it there
  fill(zip, files, output, wide).catch((error: Error) => output.destroy(error))
  return output
}

/** One file after the other. When nobody reads any more, the file that is being read is let go. */
async function fill(
  zip: ZipFile,
  files: AsyncIterable<BundleFile>,
  output: Readable,
  wide: boolean,
): Promise<void> {
  for await (const { path, content } of files) {
    const stream = Readable.from(gathered(content), { objectMode: false })
    const letGo = () => stream.destroy()
    output.once('close', letGo)
    zip.addReadStream(stream, path, {
      mtime: TIME,
      mode: 0o100644,
      forceZip64Format: wide,
      compressionLevel: LEVEL,
    })
    await finished(stream)
    output.off('close', letGo)
  }
  zip.end({ forceZip64Format: wide, comment: '' })
}

/** The bundle as a folder. */
export async function asFolder(files: AsyncIterable<BundleFile>, folder: string): Promise<void> {
  for await (const { path, content } of files) {
    const target = join(folder, ...path.split('/'))
    await mkdir(dirname(target), { recursive: true })
    await pipeline(Readable.from(content, { objectMode: false }), createWriteStream(target, { flags: 'wx' }))
  }
}
