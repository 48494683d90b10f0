import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BundleFile } from '@/lib/record/bundle'
import type { Finished } from './job'
import { asZip } from './write'

/** The files of exports: `<data>/exports/<org>/<export>.zip`. A file under its own name is whole; others are drafts. */
export type ExportFiles = {
  /** Writes a draft to its end. `place` then makes it the file; `drop` forgets it. */
  draft(org: string, id: string, files: AsyncIterable<BundleFile>, signal: AbortSignal): Promise<Draft>
  /** The bytes from `start` up to and including `end`. Null where there is no such file. */
  read(org: string, id: string, start?: number, end?: number): Promise<ReadStream | null>
  size(org: string, id: string): Promise<number | null>
  /** The file, and what may be left of writing it. */
  remove(org: string, id: string): Promise<void>
  /** Where the finished parts of an export lie while it is written: `of` names what it is made from, and those of something else go. */
  parts(org: string, id: string, of: string): Promise<string>
  dropParts(org: string, id: string): Promise<void>
}

export type Draft = Finished & {
  readonly place: () => Promise<void>
  readonly drop: () => Promise<void>
}

const GONE = { recursive: true, force: true, maxRetries: 3 } as const

export function exportFiles(data: string): ExportFiles {
  const folderOf = (org: string) => join(data, 'exports', safe(org))
  const partsOf = (org: string, id: string) => join(folderOf(org), `${safe(id)}.parts`)
  const fileOf = (org: string, id: string) => join(folderOf(org), `${safe(id)}.zip`)
  return {
    async draft(org, id, files, signal) {
      const folder = folderOf(org)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await removeDrafts(folder, id)
      const draft = join(folder, `${safe(id)}.${process.pid}-${Date.now()}.draft`)
      const drop = () => rm(draft, { force: true })
      try {
        const written = await write(files, draft, signal)
        const place = async () => {
          await rename(draft, fileOf(org, id))
          await sync(folder)
        }
        return { ...written, place, drop }
      } catch (error) {
        await drop()
        throw error
      }
    },
    async read(org, id, start = 0, end = Number.POSITIVE_INFINITY) {
      const file = fileOf(org, id)
      return (await stat(file).catch(() => null)) && createReadStream(file, { start, end })
    },
    async size(org, id) {
      return (await stat(fileOf(org, id)).catch(() => null))?.size ?? null
    },
    async remove(org, id) {
      await Promise.all([rm(fileOf(org, id), { force: true }), rm(partsOf(org, id), GONE)])
    },
    async parts(org, id, of) {
      const folder = partsOf(org, id)
      await mkdir(join(folder, of), { recursive: true, mode: 0o700 })
      const others = (await readdir(folder)).filter((name) => name !== of)
      await Promise.all(others.map((name) => rm(join(folder, name), GONE)))
      return join(folder, of)
    },
    dropParts: (org, id) => rm(partsOf(org, id), GONE),
  }
}

/** What a writer that was killed has left behind. */
async function removeDrafts(folder: string, id: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name.startsWith(`${id}.`) && name.endsWith('.draft'))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

async function write(
  files: AsyncIterable<BundleFile>,
  draft: string,
  signal: AbortSignal,
): Promise<Finished> {
  const digest = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(part: Buffer, _encoding, done) {
      digest.update(part)
      bytes += part.byteLength
      done(null, part)
    },
  })
  await pipeline(asZip(files), measure, createWriteStream(draft, { flags: 'wx', mode: 0o600 }), { signal })
  await sync(draft)
  return { bytes, sha256: digest.digest('hex') }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().catch(() => undefined)
  await handle.close()
}

function safe(name: string): string {
  if (!/^[a-z][A-Za-z0-9_-]{0,100}$/.test(name)) throw new Error('this is no id of ours')
  return name
}
