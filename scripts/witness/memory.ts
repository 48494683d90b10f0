import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Checkpoint, parseCheckpoint } from '../../lib/record/checkpoint'
import { sha256Hex } from '../../lib/record/digest'
import { formatNote, type Note, parseNote } from '../../lib/record/note'
import { writeDurably } from './durable'
import { absent } from './key'

/** The newest checkpoint of each log that was cosigned, as the log signed it: all that a witness has to remember. */
export type Memory = {
  /** Null for a log of which nothing was cosigned. @throws Error when what is kept can't be read: it is never taken for nothing */
  readonly newest: (origin: string) => Promise<Checkpoint | null>
  /** Durable when it answers. */
  readonly remember: (origin: string, note: Note) => Promise<void>
  /** Runs alone among all work on this log. */
  readonly alone: <T>(origin: string, work: () => Promise<T>) => Promise<T>
}

/** @throws Error when a file in the folder can't be read */
export async function memoryIn(folder: string): Promise<Memory> {
  const kept = join(folder, 'cosigned')
  await mkdir(kept, { recursive: true, mode: 0o700 })
  for (const name of await readdir(kept)) if (!name.endsWith('.new')) await read(join(kept, name))
  const path = (origin: string) => join(kept, sha256Hex(origin).slice(0, 32))
  const turns = new Map<string, Promise<unknown>>()
  return {
    newest: (origin) => read(path(origin)),
    remember: (origin, note) => writeDurably(path(origin), formatNote(note)),
    alone(origin, work) {
      const turn = (turns.get(origin) ?? Promise.resolve()).then(work, work)
      const settled = turn.then(
        () => undefined,
        () => undefined,
      )
      turns.set(origin, settled)
      settled.then(() => turns.get(origin) === settled && turns.delete(origin))
      return turn
    },
  }
}

async function read(file: string): Promise<Checkpoint | null> {
  const text = await readFile(file, 'utf8').catch(absent)
  return text === null ? null : parseCheckpoint(parseNote(text).text)
}
