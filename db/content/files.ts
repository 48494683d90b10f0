import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '../durable'
import type { Parts } from './parts'
import type { ContentStore, Kept, NotKept } from './store'

/** So much stays free: the database needs room to say that there is none. */
const RESERVE = 64 * 1024 * 1024

/** What is too large for a row: files under the SHA-256 of their bytes, `<data>/content/<org>/<ab>/<sha256>`. Durable when they are kept. */
export function contentFiles(data: string): ContentStore {
  const place = (org: string, sha256: string) => join(data, 'content', safe(org), sha256.slice(0, 2), sha256)
  return {
    async keep(org, parts, most) {
      const folder = join(data, 'content', safe(org))
      const draft = join(folder, `.draft-${randomBytes(12).toString('hex')}`)
      try {
        if (await inFolder(folder, () => isFull(folder))) return { notKept: 'no_space' }
        const written = await write(draft, parts, most)
        if ('sha256' in written) await move(draft, place(org, written.sha256))
        else await rm(draft)
        return written
      } catch (error) {
        await rm(draft, { force: true })
        if (isNoSpace(error)) return { notKept: 'no_space' }
        throw error
      }
    },
    remove: (org, sha256, youngMs) => remove(place(org, sha256), youngMs),
    async read(org, sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null
      const file = place(org, sha256)
      const found = await stat(file).catch(() => null)
      return found && { bytes: found.size, stream: createReadStream(file) }
    },
  }
}

/** Moved aside first: a file of the same content that is kept just now takes its place and stays. What was interrupted is finished. */
async function remove(file: string, youngMs: number): Promise<'removed' | 'waiting'> {
  const aside = `${file}.removing`
  const isYoung = async (path: string) =>
    Date.now() - ((await stat(path).catch(() => null))?.mtimeMs ?? 0) < youngMs
  if (await isYoung(file)) return 'waiting'
  await rename(file, aside).catch((error) => {
    if (!isMissing(error)) throw error
  })
  if (await isYoung(aside)) {
    await rename(aside, file)
    return 'waiting'
  }
  await rm(aside, { force: true })
  await syncFolder(dirname(file)).catch(() => undefined)
  return 'removed'
}

/** What needs a folder; where there is none yet, it is made, durably. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isMissing(error)) throw error
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    for (let made = folder; first && made !== dirname(first); made = dirname(made))
      await syncFolder(dirname(made))
    return work()
  }
}

/** Durably: the name is on the disk when its folder is. */
async function move(file: string, target: string): Promise<void> {
  const folder = dirname(target)
  await inFolder(folder, () => rename(file, target))
  await syncFolder(folder)
}

async function write(path: string, parts: Parts, most: number): Promise<Kept | NotKept> {
  const digest = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const part of parts) {
      bytes += part.byteLength
      if (bytes > most) return { notKept: 'too_large' }
      digest.update(part)
      await writeAll(file, part)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes === 0 ? { notKept: 'empty' } : { sha256: digest.digest('hex'), bytes }
}

async function writeAll(file: FileHandle, part: Uint8Array): Promise<void> {
  for (let at = 0; at < part.byteLength; ) {
    const { bytesWritten } = await file.write(part, at)
    at += bytesWritten
  }
}

async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < RESERVE
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

function safe(org: string): string {
  if (!/^[a-z][a-z0-9_-]{0,63}$/.test(org)) throw new Error('this organisation id is not one of ours')
  return org
}
