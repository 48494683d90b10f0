import type { Logger } from 'pino'
import type { Action } from '../../lib/action/event'
import type { Effect, Work } from '../../lib/connect/connector'
import { admit, isDenied, type Registry } from '../../lib/connect/registry'
import { problem } from '../../lib/connect/scrub'
import { actionDigest } from '../../lib/record/approval'
import type { WarrantClaims } from '../../lib/record/warrant-claims'
import type { Breaker } from './breaker'
import { type Door, Unreachable } from './door'
import type { Entry, Journal, Receipt, Taken } from './journal'
import type { Checked } from './warrants'

export type Tools = {
  readonly door: Door
  readonly journal: Journal
  readonly connectors: Registry
  readonly breaker: Breaker
  readonly check: (jwt: string, item: { request: string; action: Action }) => Promise<Checked>
  readonly log: Logger
}

export type ToExecute = { readonly case: string; readonly request: string; readonly action: Action }
/** `done`: this item needs no more of us. `later`: ask again. `unsealed`, `unwitnessed`: ask again when the log has got further. */
export type Next = 'done' | 'later' | 'unsealed' | 'unwitnessed'

const LOG_IS_BEHIND: Readonly<Record<string, Next>> = { not_sealed: 'unsealed', not_witnessed: 'unwitnessed' }

/** Warrant, check, journal, redeem, effect, journal, receipt: in this order, each only after the one before. */
export async function execute(tools: Tools, item: ToExecute): Promise<Next> {
  const { door, journal, breaker, check, log } = tools
  const name = { case: item.case, request: item.request }
  if (breaker.isOpen(item.action.connector)) return 'later'
  const answer = await door.post<{ warrant: string }>('/api/v1/executor/warrant', name)
  if (!answer.ok) {
    log.info({ ...name, code: answer.code }, 'no warrant')
    return LOG_IS_BEHIND[answer.code] ?? 'later'
  }
  const checked = await check(answer.body.warrant, item)
  if ('refused' in checked) {
    log.error({ ...name, refused: checked.refused }, 'the warrant is not one to act on')
    return 'later'
  }
  const { jti } = checked.claims
  await journal.took({ ...name, jti, action: item.action, at: new Date().toISOString() })
  const redeemed = await redeem(tools, answer.body.warrant, jti, item)
  if (redeemed === 'no') {
    await journal.closed(jti)
    return 'later'
  }
  const started = new Date().toISOString()
  const effect =
    redeemed === 'yes'
      ? await carryOut(tools, item, checked.claims)
      : await lookAfter(tools, { jti, ...item })
  await journal.finished({
    ...name,
    jti,
    ...effect,
    started_at: started,
    finished_at: new Date().toISOString(),
  })
  log.info({ ...name, jti, outcome: effect.outcome }, 'executed')
  if (breaker.tell(item.action.connector, effect.outcome === 'succeeded'))
    log.warn(
      { connector: item.action.connector },
      'too many failures in a row: pausing changes on this target',
    )
  return 'done'
}

/** `unsure` when no answer came: it may be redeemed, so the warrant is used up for us, and nothing is done with it. */
async function redeem(
  { door, log }: Tools,
  warrant: string,
  jti: string,
  item: ToExecute,
): Promise<'yes' | 'no' | 'unsure'> {
  try {
    const answer = await door.post<{ jti: string; action: Action }>('/api/v1/executor/redeem', { warrant })
    if (!answer.ok) {
      log.warn({ request: item.request, jti, code: answer.code }, 'not redeemed')
      return 'no'
    }
    const same = answer.body.jti === jti && actionDigest(answer.body.action) === actionDigest(item.action)
    return same ? 'yes' : 'unsure'
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    log.warn({ request: item.request, jti }, 'no answer to redeeming')
    return 'unsure'
  }
}

const nothingLeaked: Work['leaked'] = async () => []

async function carryOut(tools: Tools, { action }: ToExecute, claims: WarrantClaims): Promise<Effect> {
  const admitted = admit(tools.connectors, action, nothingLeaked)
  if (isDenied(admitted))
    return {
      outcome: 'failed',
      summary: `Nothing was changed: ${admitted.reason}`,
      result: { trouble: 'denied' },
    }
  return admitted.connector.execute(admitted.work, { jti: claims.jti, expires: claims.exp * 1_000 })
}

/** For a warrant whose execution was cut short: what the target says about it, never a second try. */
async function lookAfter(tools: Tools, { jti, action }: Pick<Taken, 'jti' | 'action'>): Promise<Effect> {
  const admitted = admit(tools.connectors, action, nothingLeaked)
  if (isDenied(admitted))
    return {
      outcome: 'unknown',
      summary: `It can't be looked at any more: ${admitted.reason}`,
      result: { trouble: 'denied' },
    }
  return admitted.connector.reconcile(admitted.work, jti)
}

/** A refusal with one of these is final: the warrant was never redeemed, or its receipt is there already. */
const FINAL: readonly number[] = [400, 404, 409, 422]

/** Sends the receipt that an entry owes. `later` when the outcome is still unknown: the target is asked again. */
export async function settle(tools: Tools, entry: Entry): Promise<Next> {
  const { journal, log } = tools
  const { taken, receipt, reported } = entry
  const owed = receipt && reported === null ? receipt : await lookAgain(tools, entry)
  if (owed === null) return 'later'
  if (owed !== receipt) await journal.finished(owed)
  const answer = await tools.door.post('/api/v1/executor/receipt', owed)
  const named = { request: taken.request, jti: taken.jti, outcome: owed.outcome }
  if (!answer.ok && !FINAL.includes(answer.status))
    throw new Unreachable(`the receipt was not taken: ${answer.code}`)
  if (answer.ok) log.info(named, 'receipt accepted')
  else log.warn({ ...named, code: answer.code }, 'receipt refused')
  if (answer.ok && owed.outcome === 'unknown') {
    await journal.reported(taken.jti, 'unknown')
    return 'later'
  }
  await journal.closed(taken.jti)
  return 'done'
}

async function lookAgain(tools: Tools, { taken, receipt, reported }: Entry): Promise<Receipt | null> {
  const effect = await lookAfter(tools, taken).catch((error): Effect => {
    const { code, sentence } = problem(error)
    return {
      outcome: 'unknown',
      summary: `It could not be looked at: ${sentence} (${code})`,
      result: { trouble: code },
    }
  })
  if (reported === 'unknown' && effect.outcome === 'unknown') return null
  const { case: caseId, request, jti, at } = taken
  const started_at = receipt?.started_at ?? at
  return { case: caseId, request, jti, ...effect, started_at, finished_at: new Date().toISOString() }
}
