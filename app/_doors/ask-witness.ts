import { z } from 'zod'
import { witnessHealth } from '@/db/log/health'
import { publishedCheckpoint } from '@/db/log/published'
import { readingClient } from '@/db/log/reading'
import { readRegistry } from '@/db/settings'
import { askWitness } from '@/db/witnesses/ask'
import { keyAndUrl } from '@/db/witnesses/configured'
import { type Refusal, refuse } from '@/lib/act/refusal'
import type { Asked } from './door'
import { notFound } from './not-found'

export const witnessToAsk = z.strictObject({ vkey: z.string().max(300) })

const PATIENCE_MS = 5_000

/**
 * Shows a witness the newest checkpoint and says what it made of it: the very question that the sequencer asks. What it signs is
 * not kept here: the sequencer asks for itself. Only an address that an administrator entered is asked.
 */
export async function askNow(
  { doors, actor }: Asked,
  { vkey }: z.output<typeof witnessToAsk>,
): Promise<{ sentence: string } | Refusal> {
  const page = await readRegistry(doors.sql, actor.org)
  const witness = page?.state.witnesses.find((each) => each.vkey === vkey)
  if (!witness) return notFound()
  const note = await publishedCheckpoint(doors.sql, actor.org)
  if (note === null)
    return refuse(
      'not_sealed',
      'Nothing is sealed yet, so there is nothing to show.',
      'Try again in a moment.',
    )
  const known = (await witnessHealth(doors.sql, actor.org)).find((each) => each.witness === vkey)
  const outcome = await askWitness({
    witness: keyAndUrl(witness),
    note,
    from: known?.size ?? 0,
    read: readingClient(doors.sql, actor.org),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  switch (outcome.outcome) {
    case 'cosigned':
      return {
        sentence: `It signed the log of ${outcome.size} entries, at ${utc(outcome.time)} by its clock.`,
      }
    case 'ahead':
      return refuse(
        'conflict',
        `It has cosigned ${outcome.size} entries, more than this log has.`,
        'This database is an older copy: see docs/witness.md.',
      )
    case 'disputed':
      return refuse('conflict', outcome.sentence, 'Find out who has rewritten history: see docs/witness.md.')
    case 'refused':
    case 'unreachable':
      return refuse('unavailable', outcome.sentence, 'Talk to the team that runs it, then ask again.')
  }
}

/** `2026-03-02 08:04:14 UTC`; `time` in seconds. */
function utc(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
