import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '../../db/durable'
import { NOTE_ED25519, type NoteKey, parseVkey } from '../../lib/record/note'
import { absent } from './key'

/** The logs that this witness follows: the verifier keys in its file, which people may edit while it runs. */
export type Logs = {
  readonly keysOf: (origin: string) => Promise<readonly NoteKey[]>
  readonly all: () => Promise<readonly NoteKey[]>
}

const HEAD =
  '# Logs that this witness follows: one verifier key a line. While a log changes keys, both of them.\n'

/** @throws Error when a key can't be read */
export async function followedLogs(folder: string, added: readonly string[]): Promise<Logs> {
  const file = join(folder, 'logs')
  const before = (await readFile(file, 'utf8').catch(absent)) ?? HEAD
  const known = new Set(before.split('\n'))
  const fresh = added.map((vkey) => vkey.trim()).filter((vkey) => !known.has(vkey))
  for (const vkey of fresh) logKey(vkey)
  await writeDurably(file, `${before}${fresh.map((vkey) => `${vkey}\n`).join('')}`)
  let read = { keys: keysIn(await readFile(file, 'utf8')), at: (await stat(file)).mtimeMs }
  const all = async () => {
    const at = (await stat(file)).mtimeMs
    if (at !== read.at) read = { keys: keysIn(await readFile(file, 'utf8')), at }
    return read.keys
  }
  return { all, keysOf: async (origin) => (await all()).filter(({ name }) => name === origin) }
}

function keysIn(text: string): NoteKey[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(logKey)
}

function logKey(vkey: string): NoteKey {
  const key = parseVkey(vkey)
  if (key.type !== NOTE_ED25519) throw new Error(`${vkey} is not the key of a log (Ed25519).`)
  return key
}
