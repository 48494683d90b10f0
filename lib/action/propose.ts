import { accountable } from '../identity/actor'
import { actionDigest } from '../record/approval'
import { isRefusal, refuse, type Refusal } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { quorumFor, tierOf } from '../policy/requirements'
import { type Request, standing, UNDECIDED } from './action'
import { type Action, type ActionEvent, type ActionKind, REVERSIBLE, WITH_PARAMS } from './event'
import { find, inStage } from './find'
import { behind } from './parties'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']
type Change = { kind: ActionKind; params: Record<string, string | number | boolean>; nhi: string; purpose: string; not_before: string | null }

const HOUR = 3_600_000

/** One exact proposed change, its digest, and who must approve it. */
export function propose(state: Case, input: Of<'proposeAction'>, given: Given<CaseCommand>): ActionEvent[] | Refusal {
  const wrong = inStage(state, 'act', 'propose an action')
  if (wrong) return wrong
  const reverted = input.reverts ? find(state, input.reverts) : null
  if (isRefusal(reverted)) return reverted
  const requested = describe(state, input, given, given.newId('req'), 1, input.reverts)
  return isRefusal(requested) ? requested : [{ type: 'action.requested', data: requested }]
}

/** A changed proposal is a new revision: every approval given so far is void, visibly. */
export function amend(state: Case, input: Of<'amendAction'>, given: Given<CaseCommand>): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const wrong = inStage(state, 'act', 'amend an action')
  if (wrong) return wrong
  if (!UNDECIDED.includes(request.phase)) return tooLate(request, 'amended')
  if (request.requester_accountable !== accountable(given.actor)) {
    return refuse('forbidden', 'Only who proposed an action may amend it.', 'Ask the requester, or refuse it and propose your own.')
  }
  const amended = describe(state, input, given, request.id, request.revision + 1, request.action.reverts)
  if (isRefusal(amended)) return amended
  const events: ActionEvent[] = [{ type: 'action.amended', data: { ...amended, reason: input.reason } }]
  const voided = standing(request).map((approval) => approval.id)
  if (voided.length) {
    events.push({ type: 'approvals.voided', data: { request: request.id, revision: amended.revision, approvals: voided, reason: input.reason } })
  }
  return events
}

export function withdraw(state: Case, input: Of<'withdrawAction'>, given: Given<CaseCommand>): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  const mine = [request.requester_accountable, state.assignee].includes(accountable(given.actor))
  if (!mine) return refuse('forbidden', 'Only the requester or the assignee may withdraw it.', 'Ask one of them, or refuse it as an approver.')
  if (!stoppable(request, given.now)) return tooLate(request, 'withdrawn')
  return [{ type: 'action.withdrawn', data: { request: request.id, reason: input.reason } }]
}

export function expire(state: Case, input: Of<'expireAction'>, given: Given<CaseCommand>): ActionEvent[] | Refusal {
  const request = find(state, input.request)
  if (isRefusal(request)) return request
  if (!stoppable(request, given.now)) return tooLate(request, 'expired')
  if (given.now < request.expires_at) return refuse('conflict', 'It has not expired yet.', `It expires at ${request.expires_at}.`)
  return [{ type: 'action.expired', data: { request: request.id } }]
}

/** Nothing holds a warrant that could still be redeemed. */
function stoppable(request: Request, now: string): boolean {
  if (request.phase === 'warranted') return request.warrant !== null && now >= request.warrant.expires_at
  return request.phase === 'started' || UNDECIDED.includes(request.phase)
}

export function tooLate(request: Request, what: string): Refusal {
  return refuse('stale', `This action is ${request.phase} and can't be ${what} any more.`, 'Propose a new action if one is still needed.')
}

type Requested = Extract<ActionEvent, { type: 'action.requested' }>['data']

function describe(state: Case, change: Change, given: Given<CaseCommand>, request: string, revision: number, reverts: string | null): Requested | Refusal {
  const target = given.facts.nhis[change.nhi]
  if (!target) return refuse('not_found', 'There is no such non-human identity.', 'Choose one from the registry.', { field: 'nhi' })
  if (!state.linked.some((link) => link.nhi === target.id)) {
    return refuse('gate', `${target.name} is not linked to this case.`, 'Link it first, so that its owner is told.')
  }
  const extra = Object.keys(change.params).find((name) => !WITH_PARAMS[change.kind].includes(name))
  if (extra) return refuse('invalid', `${change.kind} takes no parameter "${extra}".`, `It takes: ${WITH_PARAMS[change.kind].join(', ') || 'none'}.`, { field: `params.${extra}` })
  const connector = given.facts.connectors.find((each) => each.system === target.system && each.environment === target.environment)
  if (!connector) return refuse('unsupported', `No connector reaches ${target.system} in ${target.environment}.`, 'An administrator can register one.')
  const executor = given.facts.nhis[connector.executor]
  if (!executor?.owner || executor.disabled || !given.facts.members[executor.owner]?.active) {
    return refuse('gate', 'The executor of this connector is disabled or has no accountable owner.', 'Give it an owner in the registry.')
  }
  if (given.actor.id === executor.id || behind(given.actor).includes(executor.owner)) {
    return refuse('separation_of_duties', 'You own the executor of this connector, so somebody else must ask for the action.', 'Anyone else with the analyst role can.')
  }
  const tier = tierOf({ kind: change.kind, privilege: target.privilege, environment: target.environment, reversible: REVERSIBLE[change.kind] })
  const { quorum, hours } = quorumFor(tier)
  const expires_at = new Date(Date.parse(given.now) + hours * HOUR).toISOString()
  const not_before = change.not_before ?? given.now
  if (not_before >= expires_at) return refuse('invalid', 'It would expire before it may run.', `It expires at ${expires_at}.`, { field: 'not_before' })
  const action: Action = {
    kind: change.kind,
    params: change.params,
    target: { nhi: target.id, name: target.name, environment: target.environment, account: target.account },
    connector: connector.connector,
    case: state.id,
    purpose: change.purpose,
    executor: executor.id,
    not_before,
    expires_at,
    reverts,
  }
  return {
    request,
    revision,
    action,
    action_digest: actionDigest(action),
    requester: given.actor.id,
    requester_accountable: accountable(given.actor),
    proposed_by_agent: given.actor.kind === 'nhi',
    executor: executor.id,
    executor_owner: executor.owner,
    target_owner: target.owner,
    quorum,
    expires_at,
  }
}
