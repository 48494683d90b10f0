import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import type { Request } from './action'
import type { ActionEvent } from './event'
import { find, inStage } from './find'
import { evidenced, independent } from './independent'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** An executor that redeemed its warrant is left this long to report before a person may speak for it. */
const SILENCE_MINUTES = 15

/**
 * The way out of an execution that nobody reported: a person who had no part in it found out what became of the target, and
 * shows it. What had its effect is verified like any other; the executor's own receipt still counts, should it come.
 */
export function settle(
  state: Case,
  input: Of<'settleExecution'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no =
    inStage(state, 'act', 'settle an execution') ??
    unreported(request, given.now) ??
    independent(request, given, 'find out what became of it') ??
    evidenced(state, input.evidence)
  if (no) return no
  const { outcome, evidence, note } = input
  const jti = request.warrant?.jti ?? ''
  const settled_by = accountable(given.actor)
  return [
    { type: 'execution.settled', data: { request: request.id, jti, outcome, evidence, note, settled_by } },
  ]
}

function unreported(request: Request, now: string): Refusal | null {
  if (request.phase === 'unknown') return null
  if (request.phase !== 'running')
    return refuse(
      'stale',
      `This action is ${request.phase}: there is nothing to settle.`,
      'Settling is for an execution whose outcome nobody knows.',
    )
  const patient = Date.parse(request.warrant?.redeemed_at ?? now) + SILENCE_MINUTES * 60_000
  if (Date.parse(now) >= patient) return null
  return refuse(
    'gate',
    'The executor may still be at work.',
    `If it has not reported by ${new Date(patient).toISOString()}, somebody can say what became of it.`,
  )
}

/** A person settled it, and nobody has judged it since: the executor's own receipt, late as it is, may say otherwise. */
export function overruled({ phase, settled_by }: Request): boolean {
  return settled_by !== null && (phase === 'executed' || phase === 'failed')
}
