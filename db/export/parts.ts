import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Kept } from '@/lib/record/bundle-source'
import { gathered } from './gathered'
import type { Progress } from './job'

/**
 * Says that a part is whole: its bytes lie beside it, and this file came after them. `events` and `read`: how far the export was by it;
 * `memory`: what else came of it that later files need.
 */
const markShape = z.strictObject({
  sha256: z.string(),
  events: z.number(),
  read: z.number(),
  memory: z.unknown(),
})
type Mark = z.output<typeof markShape>

/** What lies there is not what its mark says: the mark is gone, and the part is made anew by whoever takes the export up. */
export class PartDamaged extends Error {
  override readonly name = 'PartDamaged'
}

/**
 * Keeps the large files of an export as they are made, so that the next writer reads from the disk what the last one had finished. What is
 * read again is hashed again, and goes into the export only if it is what was written.
 */
export function partsIn(folder: string, progress: Progress): Kept {
  return async function* kept(path, content, memory) {
    const name = join(folder, path.replaceAll('/', '_'))
    const mark = await markAt(name)
    if (mark) return yield* again(name, mark, progress, memory)
    const before = { ...progress }
    const sha256 = yield* written(name, content)
    const { events, bytes } = progress
    await putMark(name, {
      ...{ sha256, events: events - before.events, read: bytes - before.bytes },
      memory: memory?.save() ?? null,
    })
  }
}

async function markAt(name: string): Promise<Mark | null> {
  const text = await readFile(`${name}.mark`, 'utf8').catch(() => null)
  return text === null ? null : markShape.parse(JSON.parse(text))
}

const WRITTEN_AT_ONCE = 512 * 1024

/** Under a name of its own until it is whole: another writer that is taken for dead may still be writing the same part. */
async function* written(
  name: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, string> {
  const draft = `${name}.${randomBytes(6).toString('hex')}`
  const digest = createHash('sha256')
  await mkdir(join(name, '..'), { recursive: true, mode: 0o700 })
  const file = await open(draft, 'wx', 0o600)
  let whole = false
  try {
    for await (const chunk of gathered(content, WRITTEN_AT_ONCE)) {
      digest.update(chunk)
      await file.write(chunk)
      yield chunk
    }
    await file.sync()
    whole = true
  } finally {
    await file.close()
    if (!whole) await rm(draft, { force: true })
  }
  await rename(draft, `${name}.part`)
  return digest.digest('hex')
}

async function putMark(name: string, mark: Mark): Promise<void> {
  const draft = `${name}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  await file.writeFile(JSON.stringify(mark))
  await file.sync()
  await file.close()
  await rename(draft, `${name}.mark`)
}

async function* again(
  name: string,
  mark: Mark,
  progress: Progress,
  memory: Parameters<Kept>[2],
): AsyncGenerator<Uint8Array> {
  progress.step = 'taking up'
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(`${name}.part`, { highWaterMark: WRITTEN_AT_ONCE })) {
    digest.update(chunk)
    yield chunk
  }
  if (digest.digest('hex') !== mark.sha256) {
    await rm(`${name}.mark`, { force: true })
    throw new PartDamaged('a part of an export is not what was written')
  }
  progress.events += mark.events
  progress.bytes += mark.read
  memory?.restore(mark.memory)
}
