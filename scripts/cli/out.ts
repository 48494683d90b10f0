import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asFolder, asZip } from '../../db/export/write'
import type { BundleFile } from '../../lib/record/bundle'

export type Written = { readonly files: number; readonly bytes: number }

/** @throws Error when something is there already: an export replaces nothing */
export async function checkOut(out: string): Promise<void> {
  const found = await stat(out).catch(() => null)
  const empty = found?.isDirectory() === true && !isZip(out) && (await readdir(out)).length === 0
  if (found && !empty) throw new Error(`${out} exists already. Name another place, or move it away first.`)
}

/** All of it is there at the end, or nothing. */
export async function writeOut(
  files: AsyncIterable<BundleFile>,
  out: string,
  signal: AbortSignal,
): Promise<Written> {
  const target = resolve(out)
  const draft = `${target}.partial-${process.pid}`
  const count = { files: 0, bytes: 0 }
  await mkdir(dirname(target), { recursive: true })
  try {
    if (isZip(out))
      await pipeline(asZip(counted(files, count)), createWriteStream(draft, { flags: 'wx' }), { signal })
    else await asFolder(counted(files, count), draft)
    if (!isZip(out)) await rmdir(target).catch(() => undefined)
    await rename(draft, target)
    return count
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function isZip(out: string): boolean {
  return out.toLowerCase().endsWith('.zip')
}

async function* counted(
  files: AsyncIterable<BundleFile>,
  count: { files: number; bytes: number },
): AsyncGenerator<BundleFile> {
  for await (const { path, content } of files) {
    count.files += 1
    yield { path, content: measured(content, count) }
  }
}

async function* measured(
  content: AsyncIterable<Uint8Array>,
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const part of content) {
    count.bytes += part.byteLength
    yield part
  }
}
