import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import type { CaseEvent } from '../case/event'
import { accountable } from '../identity/actor'
import { find, inStage } from './find'
import { evidenced, independent } from './independent'
import { isExecutor, receipt } from './receipt'

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
  const no = inStage(state, 'verify', 'verify an action') ?? independent(request, given, 'verify it')
  if (no) return no
  if (request.phase !== 'executed')
    return refuse('stale', `This action is ${request.phase}: there is nothing to verify.`, 'Reload the case.')
  const unfounded = evidenced(state, input.evidence)
  if (unfounded) return unfounded
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
