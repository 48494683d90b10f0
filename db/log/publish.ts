import { equal } from '@/lib/record/bytes'
import { checkpointText, parseCheckpoint, signCheckpoint } from '@/lib/record/checkpoint'
import { checkNote, parseNote } from '@/lib/record/note'
import { treeRootAsync } from '@/lib/record/tile-proof'
import { SEALED } from '../announce'
import type { Client } from '../client'
import { transact } from '../transaction'
import { mustHavePublished, witnessesAgree } from '../witnesses/agree'
import { ForkRefused } from './fork'
import type { Kept } from './kept'
import type { Signing } from './signing'
import { tileReader } from './tiles'

/**
 * Signs the committed head and publishes it, alone with it, so that checkpoints are kept and published in order whoever signs. A copy is kept
 * outside the database, which a restored backup can't take back.
 */
export async function publish(sql: Client, org: string, signing: Signing, kept: Kept): Promise<void> {
  await transact(sql, '', async (held) => {
    const [head] = await held<
      StoredHead[]
    >`select size::float8 as size, root from log_head where org = ${org} for update`
    const [signed] = await held<
      { size: number | null }[]
    >`select max(size)::float8 as size from checkpoint where org = ${org}`
    if (!head || head.size <= (signed?.size ?? 0)) return
    await mustHavePublished(held as unknown as Client, org)
    if (signing.signers.length === 0)
      throw new ForkRefused(`The record shows no key of ${signing.origin} that this process holds.`)
    const note = signCheckpoint(
      { origin: signing.origin, size: head.size, root: head.root },
      ...signing.signers,
    )
    await kept.write(org, note)
    await held`insert into checkpoint values (${org}, ${head.size}, ${note}, clock_timestamp())`
    await held`select pg_notify(${SEALED}, ${JSON.stringify([org, head.size])})`
  })
}

/**
 * Before any work: the log must hold everything that was ever published. Then, if the last stop came between the commit
 * and the signature, the head is signed now; the signature is the same whenever it is made.
 * @throws ForkRefused
 */
export async function resume(sql: Client, org: string, signing: Signing, kept: Kept): Promise<void> {
  // First what was published, then the head: another sequencer may be at work, and the head is never behind what it publishes.
  const last = await lastPublished(sql, org)
  const published = [await kept.read(org), last]
  const [head] = await sql<StoredHead[]>`select size::float8 as size, root from log_head where org = ${org}`
  for (const note of published) if (note) await mustContinue(sql, org, note, signing, head ?? null)
  if (last) await witnessesAgree(sql, org, last)
  await publish(sql, org, signing, kept)
}

async function lastPublished(sql: Client, org: string): Promise<string | null> {
  const [row] = await sql<
    { note: string }[]
  >`select note from checkpoint where org = ${org} order by size desc limit 1`
  return row?.note ?? null
}

type StoredHead = { size: number; root: Buffer }

async function mustContinue(
  sql: Client,
  org: string,
  text: string,
  { origin: ours, known }: Signing,
  head: StoredHead | null,
): Promise<void> {
  const note = parseNote(text)
  if (!known.some((key) => checkNote(key, note) === 'signed'))
    throw new ForkRefused(`The last checkpoint of ${ours} is not signed with this log key.`)
  const { origin, size, root } = parseCheckpoint(note.text)
  if (origin !== ours) throw new ForkRefused(`The last checkpoint is of ${origin}, not of ${ours}.`)
  if (!head || head.size < size) {
    throw new ForkRefused(
      `The database holds ${head?.size ?? 0} entries, but a checkpoint of ${size} was published: this is an older copy.`,
    )
  }
  const then = await treeRootAsync(tileReader(sql, org), size)
  if (!equal(then, root))
    throw new ForkRefused(
      `The log does not hold what was published:\n${checkpointText({ origin, size, root })}`,
    )
}
