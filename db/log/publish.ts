import { checkpointText, parseCheckpoint, signCheckpoint } from '@/lib/record/checkpoint'
import { equal } from '@/lib/record/bytes'
import { checkNote, type NoteSigner, parseNote } from '@/lib/record/note'
import { treeRootAsync } from '@/lib/record/tile-proof'
import type { Client } from '../client'
import { SEALED } from '../announce'
import type { Kept } from './kept'
import { tileReader } from './tiles'

/** The database is behind, or beside, a checkpoint that was published: signing on would be a fork. */
export class ForkRefused extends Error {}

/** Signs a committed head and publishes it; keeps a copy outside the database, which a restored backup can't take back. */
export async function publish(sql: Client, org: string, size: number, root: Uint8Array, signer: NoteSigner, kept: Kept): Promise<string> {
  const note = signCheckpoint({ origin: signer.name, size, root }, signer)
  await kept.write(org, note)
  await sql`insert into checkpoint values (${org}, ${size}, ${note}, clock_timestamp()) on conflict do nothing`
  await sql`select pg_notify(${SEALED}, ${JSON.stringify([org, size])})`
  return note
}

/**
 * Before any work: the log must hold everything that was ever published. Then, if the last stop came between the commit
 * and the signature, the head is signed now; the signature is the same whenever it is made.
 * @throws ForkRefused
 */
export async function resume(sql: Client, org: string, signer: NoteSigner, kept: Kept): Promise<void> {
  const [head] = await sql<{ size: number; root: Buffer }[]>`select size::float8 as size, root from log_head where org = ${org}`
  const published = [await kept.read(org), await lastPublished(sql, org)]
  for (const note of published) if (note) await mustContinue(sql, org, note, signer, head ?? null)
  const signed = published[1] ? parseCheckpoint(parseNote(published[1]).text).size : 0
  if (head && head.size > signed) await publish(sql, org, head.size, head.root, signer, kept)
}

export async function lastPublished(sql: Client, org: string): Promise<string | null> {
  const [row] = await sql<{ note: string }[]>`select note from checkpoint where org = ${org} order by size desc limit 1`
  return row?.note ?? null
}

type StoredHead = { size: number; root: Uint8Array } | null

async function mustContinue(sql: Client, org: string, text: string, signer: NoteSigner, head: StoredHead): Promise<void> {
  const note = parseNote(text)
  if (checkNote(signer, note) !== 'signed') throw new ForkRefused(`The last checkpoint of ${signer.name} is not signed with this log key.`)
  const { origin, size, root } = parseCheckpoint(note.text)
  if (origin !== signer.name) throw new ForkRefused(`The last checkpoint is of ${origin}, not of ${signer.name}.`)
  if (!head || head.size < size) {
    throw new ForkRefused(`The database holds ${head?.size ?? 0} entries, but a checkpoint of ${size} was published: this is an older copy.`)
  }
  const then = await treeRootAsync(tileReader(sql, org), size)
  if (!equal(then, root)) throw new ForkRefused(`The log does not hold what was published:\n${checkpointText({ origin, size, root })}`)
}
