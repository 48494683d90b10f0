import { setTimeout as pause } from 'node:timers/promises'
import type { Edge } from '@/lib/record/extend'
import { CHANGES } from './announce'
import { type Client, connect, isUnavailable } from './client'
import { doorbell } from './doorbell'
import type { LogKeys } from './keys/log-keys'
import { append } from './log/append'
import { ForkRefused, forgetRefusal, keepRefusal } from './log/fork'
import { type Kept, keptIn } from './log/kept'
import { publish, resume } from './log/publish'
import { keepUp, type Signing, signingOf } from './log/signing'

export type SequencerSettings = {
  /** Address as the role on_record_sequencer. */
  readonly url: string
  /** This process is the only one to hold them. */
  readonly keys: LogKeys
  /** Where the last signed checkpoints are kept, outside the database. */
  readonly keptFolder: string
  readonly report: (event: 'sealed' | 'refused' | 'unavailable', details: Record<string, unknown>) => void
}

/** Looks at the queue this often even if nobody says that there is something. */
const LOOK_MS = 250
const RETRY_MS = 1_000
/** Between two batches: each costs as much as some commands do, however many events it holds. */
const REST_MS = 150
/** A machine that is frozen, or gone, in the middle of a batch keeps another sequencer waiting no longer than this. */
const SILENCE_MS = 10_000

/** Seals what is committed until asked to stop. Any number may run: the log's head lets one at a time through. */
export async function runSequencer(settings: SequencerSettings, signal: AbortSignal): Promise<void> {
  const sql = connect(settings.url, 3, 'on-record sequencer', {
    idle_in_transaction_session_timeout: `${SILENCE_MS}`,
    synchronous_commit: 'on', // what is signed is on the disk, whatever else the database is told
  })
  const bell = doorbell(signal)
  try {
    await untilReachable(() => sql.listen(CHANGES, bell.ring), signal)
    const sequence = sequencer(sql, settings.keys, keptIn(settings.keptFolder))
    while (!signal.aborted) {
      if (await attempt(sequence, settings))
        await pause(REST_MS, undefined, { signal }).catch(() => undefined)
      await bell.wait(LOOK_MS)
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function attempt(sequence: () => Promise<number>, { report }: SequencerSettings): Promise<number> {
  try {
    const events = await sequence()
    if (events) report('sealed', { events })
    return events
  } catch (error) {
    if (error instanceof ForkRefused) report('refused', { reason: error.message })
    else if (isUnavailable(error)) report('unavailable', {})
    else throw error
    return 0
  }
}

/** After a refusal: a person has to look, and witnesses are not to be asked without end. */
const REFUSED_MS = 5_000

/** One pass over all organisations: answers with how many events were sealed. One that is refused keeps no other waiting. */
export function sequencer(sql: Client, keys: LogKeys, kept: Kept): () => Promise<number> {
  const logs = new Map<string, { edge: Edge | null }>()
  const refusals = new Map<string, number>()
  let isFirst = true
  return async () => {
    let sealed = 0
    let refused: ForkRefused | null = null
    // At first every log: an order for a new key may have been left open by a stop.
    const waiting = await sql<{ org: string; origin: string }[]>`
      select org, origin from organisation o where ${isFirst} or exists (select 1 from pending p where p.org = o.org)
        or exists (select 1 from log_head h where h.org = o.org and h.size > (select coalesce(max(size), 0) from checkpoint c where c.org = o.org))`
    for (const { org, origin } of waiting) {
      if (Date.now() < (refusals.get(org) ?? 0)) continue
      const outcome = await seal(org, origin)
      if (outcome instanceof ForkRefused) refused = outcome
      else sealed += outcome
    }
    isFirst = false
    if (refused) throw refused
    return sealed
  }

  async function seal(org: string, origin: string): Promise<number | ForkRefused> {
    const log = logs.get(org) ?? { edge: null }
    try {
      if (!logs.has(org)) await begin(org, await signingOf(sql, org, origin, keys))
      logs.set(org, log)
      const head = await append(sql, org, log.edge)
      log.edge = head?.edge ?? log.edge
      // Asked again: a key that is retired in what is sealed now does not sign it.
      const signing = await signingOf(sql, org, origin, keys)
      await publish(sql, org, signing, kept) // also what another sequencer committed and could not sign any more
      await keepUp(sql, org, signing, keys)
      return head?.added ?? 0
    } catch (error) {
      logs.delete(org) // start over from what is committed, signing first what a stop left unsigned
      if (!(error instanceof ForkRefused)) throw error
      refusals.set(org, Date.now() + REFUSED_MS)
      await keepRefusal(sql, org, error.message)
      return error
    }
  }

  async function begin(org: string, signing: Signing): Promise<void> {
    await resume(sql, org, signing, kept)
    await forgetRefusal(sql, org)
  }
}

async function untilReachable(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
      return
    } catch (error) {
      if (!isUnavailable(error)) throw error
      await doorbell(signal).wait(RETRY_MS)
    }
  }
}
