import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import type { CaseEvent } from '../case/event'
import { accountable } from '../identity/actor'
import { type Request, standing } from './action'
import { isExecutor, receipt } from './execute'
import { find, inStage } from './find'
import { askedFor } from './parties'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

const HAS_EFFECT: readonly string[] = ['executed', 'unknown', 'failed', 'verification-failed', 'verified']

/** Asks the connector to look, without changing anything. */
export function askForProbe(state: Case, input: Of<'requestProbe'>): CaseEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  if (!HAS_EFFECT.includes(request.phase))
    return refuse(
      'gate',
      `This action is ${request.phase}: there is no effect to look for yet.`,
      'Execute it first.',
    )
  if (request.probing) return refuse('conflict', 'A probe is under way.', 'Wait for its report.')
  return [{ type: 'probe.requested', data: { request: request.id } }]
}

export function reportProbe(
  state: Case,
  input: Of<'reportProbe'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = isExecutor(request, given)
  if (no) return no
  if (!request.probing)
    return refuse('stale', 'Nobody asked for this probe.', 'Report only what was asked for.')
  const { outcome, summary, result_sha256 } = input
  return [
    ...receipt(state, 'probe', input, request, given),
    { type: 'probe.reported', data: { request: request.id, outcome, summary, result_sha256 } },
  ]
}

/** The independent check: by none of those who asked, approved or executed, and with evidence. A failed one returns the case to act. */
export function verify(
  state: Case,
  input: Of<'recordVerification'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = inStage(state, 'verify', 'verify an action') ?? independent(request, given)
  if (no) return no
  if (request.phase !== 'executed')
    return refuse('stale', `This action is ${request.phase}: there is nothing to verify.`, 'Reload the case.')
  const unknown = input.evidence.find((sha256) => !state.evidence.some((each) => each.sha256 === sha256))
  if (unknown)
    return refuse(
      'invalid',
      "The evidence named isn't attached to this case.",
      'Attach it first, or run the probe.',
      { field: 'evidence' },
    )
  const { outcome, evidence, note } = input
  const recorded: CaseEvent = {
    type: 'verification.recorded',
    data: { request: request.id, outcome, evidence, note, verifier: accountable(given.actor) },
  }
  if (outcome === 'passed') return [recorded]
  return [
    recorded,
    {
      type: 'case.state',
      data: { from: 'verify', to: 'act', reason: `Verification failed: ${note ?? request.action.kind}` },
    },
  ]
}

export function independent(request: Request, given: Given<CaseCommand>): Refusal | null {
  if (given.actor.kind !== 'human')
    return refuse(
      'separation_of_duties',
      'Only a person can judge the effect.',
      'Ask an analyst who had no part in it.',
    )
  const person = accountable(given.actor)
  const part = askedFor(request, given).includes(person)
    ? 'asked for'
    : standing(request).some((approval) => approval.approver === person)
      ? 'approved'
      : person === request.executor_owner
        ? 'own the executor of'
        : null
  if (!part) return null
  return refuse(
    'separation_of_duties',
    `You ${part} this action, so somebody else must verify it.`,
    'Any other analyst can.',
  )
}
