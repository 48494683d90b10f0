import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../../db/durable'
import { parseCheckpoint } from '../../lib/record/checkpoint'
import { memoryOn } from './database'
import { memoryIn, notesIn } from './files'
import type { Memory } from './memory'

/** A file that says that the folder's `cosigned` is not what the witness remembers any more. */
const MOVED = 'state-is-in-the-database'
const SAYS =
  'What this witness has cosigned is kept in PostgreSQL: start it with --database. Never delete this file.\n'

/**
 * Where a witness remembers. Once it is in a database it stays there: a witness that went back to its files would have forgotten
 * what it signed meanwhile, and could be made to sign both sides of a fork.
 * @param witness its verifier key
 */
export async function memoryFor(folder: string, database: string | null, witness: string): Promise<Memory> {
  const moved = existsSync(join(folder, MOVED))
  if (database === null && moved)
    throw new Error('What this witness has cosigned is in a database: start it with --database.')
  if (database === null) return memoryIn(folder)
  const memory = await memoryOn(database, witness)
  if (!moved) await moveIn(folder, memory)
  return memory
}

/** What was cosigned before goes along, and then the folder says so. */
async function moveIn(folder: string, memory: Memory): Promise<void> {
  for (const note of await notesIn(folder)) {
    const { origin, size } = parseCheckpoint(note.text)
    await memory.alone(origin, async ({ newest, remember }) => {
      if (!newest || newest.size < size) await remember(note)
    })
  }
  await writeDurably(join(folder, MOVED), SAYS)
}
