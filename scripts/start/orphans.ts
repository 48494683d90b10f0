import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Born, end } from './process'

const PATIENCE = 5_000

/** Ends what a launcher that was killed left running: ours replaces it. */
export async function endOrphans(folder: string): Promise<void> {
  const notes = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  await Promise.all(
    notes.map(async (name) => {
      const file = join(folder, name)
      const known = parse(await readFile(file, 'utf8'))
      if (known) await end(known, PATIENCE)
      await rm(file, { force: true })
    }),
  )
}

function parse(text: string): Born | null {
  try {
    return JSON.parse(text) as Born
  } catch {
    return null
  }
}
