import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { type Request, standing, UNDECIDED } from './action'
import type { ActionEvent } from './event'
import { exactly } from './exactly'
import { find, inStage } from './find'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']
/** One exact proposed change, its digest, and who must approve it. */
export function propose(
  state: Case,
  input: Of<'proposeAction'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const wrong = inStage(state, 'act', 'propose an action')
  if (wrong) return wrong
  const reverted = input.reverts ? find(state, input.reverts) : null
  if (isRefusal(reverted)) return reverted
  const requested = exactly(state, input, given, given.newId('req'), 1, input.reverts)
  return isRefusal(requested) ? requested : [{ type: 'action.requested', data: requested }]
}

/** A changed proposal is a new revision: every approval given so far is void, visibly. */
export function amend(
  state: Case,
  input: Of<'amendAction'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const wrong = inStage(state, 'act', 'amend an action')
  if (wrong) return wrong
  if (!UNDECIDED.includes(request.phase)) return tooLate(request, 'amended')
  if (request.requester_accountable !== accountable(given.actor)) {
    return refuse(
      'forbidden',
      'Only who proposed an action may amend it.',
      'Ask the requester, or refuse it and propose your own.',
    )
  }
  const amended = exactly(state, input, given, request.id, request.revision + 1, request.action.reverts)
  if (isRefusal(amended)) return amended
  const events: ActionEvent[] = [{ type: 'action.amended', data: { ...amended, reason: input.reason } }]
  const voided = standing(request).map((approval) => approval.id)
  if (voided.length) {
    events.push({
      type: 'approvals.voided',
      data: { request: request.id, revision: amended.revision, approvals: voided, reason: input.reason },
    })
  }
  return events
}

export function withdraw(
  state: Case,
  input: Of<'withdrawAction'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const mine = [request.requester_accountable, state.assignee].includes(accountable(given.actor))
  if (!mine)
    return refuse(
      'forbidden',
      'Only the requester or the assignee may withdraw it.',
      'Ask one of them, or refuse it as an approver.',
    )
  if (!stoppable(request, given.now)) return tooLate(request, 'withdrawn')
  return [{ type: 'action.withdrawn', data: { request: request.id, reason: input.reason } }]
}

export function expire(
  state: Case,
  input: Of<'expireAction'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  if (!stoppable(request, given.now)) return tooLate(request, 'expired')
  if (given.now < request.expires_at)
    return refuse('conflict', 'It has not expired yet.', `It expires at ${request.expires_at}.`)
  return [{ type: 'action.expired', data: { request: request.id } }]
}

/** Nothing holds a warrant that could still be redeemed. */
function stoppable(request: Request, now: string): boolean {
  if (request.phase === 'warranted') return request.warrant !== null && now >= request.warrant.expires_at
  return request.phase === 'started' || UNDECIDED.includes(request.phase)
}

export function tooLate(request: Request, what: string): Refusal {
  return refuse(
    'stale',
    `This action is ${request.phase} and can't be ${what} any more.`,
    'Propose a new action if one is still needed.',
  )
}
