import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { jcs } from '../record/canonical'
import { sha256Hex } from '../record/digest'
import type { Request } from './action'
import type { ActionEvent } from './event'
import { isExecutor } from './execute'
import { find } from './find'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** The connector's dry run, shown to the approver word for word; without it nobody is asked. */
export function planned(
  state: Case,
  input: Of<'recordPlan'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = awaited(state, input, given)
  if (isRefusal(request)) return request
  const { revision, plan } = input
  return [
    {
      type: 'action.planned',
      data: { request: request.id, revision, plan, plan_sha256: sha256Hex(jcs(plan)) },
    },
  ]
}

export function planFailed(
  state: Case,
  input: Of<'reportPlanFailure'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = awaited(state, input, given)
  if (isRefusal(request)) return request
  return [
    {
      type: 'action.plan_failed',
      data: { request: request.id, revision: input.revision, reason: input.reason },
    },
  ]
}

function awaited(
  state: Case,
  input: { request: string; revision: number },
  given: Given<CaseCommand>,
): Request | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const no = isExecutor(request, given)
  if (no) return no
  const waits =
    (request.phase === 'planning' || request.phase === 'plan-failed') && request.revision === input.revision
  return waits
    ? request
    : refuse('stale', 'This revision no longer waits for a plan.', 'Ask for the present work.')
}
