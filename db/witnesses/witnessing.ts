import type { Witness } from '@/lib/registry/witnesses'
import { SEALED } from '../announce'
import { type Client, connect, isUnavailable } from '../client'
import { doorbell } from '../doorbell'
import { tileReader } from '../log/tiles'
import { askWitness, type Outcome } from './ask'
import { keyAndUrl, publishedSize, type Watched, watchedLogs, witnessesOf } from './configured'
import { countAgain, keepOutcome } from './keep'

export type WitnessingSettings = {
  /** Address as the role on_record_sequencer. It is told no key: witnesses are shown what is signed already. */
  readonly url: string
  /** After so many seconds without enough cosignatures somebody should look (C26). */
  readonly lateAfter: number
  readonly report: (
    event: 'witnessed' | 'refused by a witness' | 'not witnessed' | 'unavailable',
    details: Record<string, unknown>,
  ) => void
}

const LOOK_MS = 1_000
/** A witness is asked for the newest checkpoint, at most this often. */
const PACE_MS = 1_000
const TIMEOUT_MS = 10_000
const LONGEST_PAUSE_MS = 60_000
const SAY_AGAIN_MS = 60_000

/** Shows checkpoints to witnesses until asked to stop: beside the sealing, which never waits for it. */
export async function runWitnessing(settings: WitnessingSettings, signal: AbortSignal): Promise<void> {
  const sql = connect(settings.url, 3, 'on-record witnessing')
  const bell = doorbell(signal)
  const rounds = witnessing(sql, settings, signal, bell.ring)
  try {
    sql.listen(SEALED, bell.ring).catch(() => undefined) // without it, the look that comes anyway
    while (!signal.aborted) {
      try {
        await rounds()
      } catch (error) {
        settings.report('unavailable', {
          reason: isUnavailable(error) ? 'the database does not answer' : String(error),
        })
      }
      await bell.wait(LOOK_MS)
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

type Visit = { busy: boolean; notBefore: number; failures: number; cosigned: number }

/** One look at every log: whoever has something new to sign is asked, all at once, each at its own pace. */
export function witnessing(
  sql: Client,
  { report, lateAfter }: Pick<WitnessingSettings, 'report' | 'lateAfter'>,
  signal: AbortSignal,
  done: () => void,
): () => Promise<void> {
  const visits = new Map<string, Visit>()
  const rules = new Map<string, string>()
  const said = new Map<string, number>()
  return async () => {
    for (const log of await watchedLogs(sql)) {
      await followRule(log)
      for (const witness of log.witnesses) void visit(log, witness)
      if (log.unwitnessed > lateAfter) sayLate(log)
    }
  }

  async function followRule({ org, witnesses, quorum }: Watched): Promise<void> {
    const rule = JSON.stringify([witnesses, quorum])
    if (rules.get(org) === rule) return
    await countAgain(sql, org)
    for (const { vkey, cosigned } of await witnessesOf(sql, org)) {
      const known = visits.get(`${org} ${vkey}`)
      visits.set(`${org} ${vkey}`, known?.busy ? known : { busy: false, notBefore: 0, failures: 0, cosigned })
    }
    rules.set(org, rule)
  }

  async function visit(log: Watched, witness: Witness): Promise<void> {
    const own = visits.get(`${log.org} ${witness.vkey}`)
    if (!own || own.busy || own.cosigned >= log.size || Date.now() < own.notBefore) return
    own.busy = true
    try {
      const outcome = await ask(log, witness, own.cosigned)
      if (outcome.outcome === 'ahead' && outcome.size <= (await publishedSize(sql, log.org))) {
        own.cosigned = outcome.size // another sequencer was faster
        return
      }
      await keepOutcome(sql, log.org, witness.vkey, outcome)
      settle(own, outcome, log, witness)
    } catch (error) {
      pauseAfterFailure(own)
      report('unavailable', {
        witness: witness.name,
        reason: isUnavailable(error) ? 'the database does not answer' : String(error),
      })
    } finally {
      own.busy = false
      done()
    }
  }

  function ask({ org, note }: Watched, witness: Witness, from: number): Promise<Outcome> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    return askWitness({
      witness: keyAndUrl(witness),
      note,
      from,
      read: tileReader(sql, org),
      signal: limited,
    })
  }

  function settle(own: Visit, outcome: Outcome, { org, size }: Watched, { name }: Witness): void {
    if (outcome.outcome === 'cosigned') {
      Object.assign(own, { cosigned: outcome.size, failures: 0, notBefore: Date.now() + PACE_MS })
      report('witnessed', { org, witness: name, size: outcome.size })
      return
    }
    pauseAfterFailure(own)
    if (!signal.aborted) report('refused by a witness', { org, witness: name, size, ...outcome })
  }

  function sayLate({ org, size, unwitnessed }: Watched): void {
    if (Date.now() < (said.get(org) ?? 0) + SAY_AGAIN_MS) return
    said.set(org, Date.now())
    report('not witnessed', { org, size, seconds: Math.round(unwitnessed) })
  }
}

/** 1 to 2 seconds after the first failure, doubling up to a minute; spread, so that not all logs come at once. */
function pauseAfterFailure(own: Visit): void {
  const longest = Math.min(2_000 * 2 ** own.failures, LONGEST_PAUSE_MS)
  own.failures += 1
  own.notBefore = Date.now() + longest * (0.5 + Math.random() / 2)
}
