import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../../db/durable'
import { type Checkpoint, parseCheckpoint } from '../../lib/record/checkpoint'
import { sha256Hex } from '../../lib/record/digest'
import { formatNote, type Note, parseNote } from '../../lib/record/note'
import { absent } from './key'
import type { Memory } from './memory'

const FOLDER = 'cosigned'

/** In a folder that belongs to one process: a file for each log. @throws Error when one of them can't be read */
export async function memoryIn(folder: string): Promise<Memory> {
  const kept = join(folder, FOLDER)
  await mkdir(kept, { recursive: true, mode: 0o700 })
  await notesIn(folder)
  const path = (origin: string) => join(kept, sha256Hex(origin).slice(0, 32))
  const newest = async (origin: string): Promise<Checkpoint | null> => {
    const note = await read(path(origin))
    return note && parseCheckpoint(note.text)
  }
  const inTurn = turns()
  return {
    newest,
    alone: (origin, work) =>
      inTurn(origin, async () => {
        const remember = (note: Note) => writeDurably(path(origin), formatNote(note))
        return work({ newest: await newest(origin), remember })
      }),
    close: async () => undefined,
  }
}

/** Everything that was cosigned, as the logs signed it. @throws Error when a file can't be read */
export async function notesIn(folder: string): Promise<Note[]> {
  const names = (await readdir(join(folder, FOLDER)).catch(absent)) ?? []
  const whole = names.filter((name) => !name.endsWith('.new'))
  const notes = await Promise.all(whole.map((name) => read(join(folder, FOLDER, name))))
  return notes.filter((note) => note !== null)
}

async function read(file: string): Promise<Note | null> {
  const text = await readFile(file, 'utf8').catch(absent)
  if (text === null) return null
  const note = parseNote(text)
  parseCheckpoint(note.text)
  return note
}

/** One after another for each log; different logs don't wait for each other. */
function turns() {
  const last = new Map<string, Promise<unknown>>()
  return <T>(origin: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(origin) ?? Promise.resolve()).then(work, work)
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    last.set(origin, settled)
    settled.then(() => last.get(origin) === settled && last.delete(origin))
    return turn
  }
}
