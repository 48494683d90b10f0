import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { CaseCommand } from '../case/command'
import { tierOf } from '../policy/requirements'
import { type Approval, type BreakGlass, quorumMet, type Request, standing } from './action'
import { authority } from './break-glass'
import { REVERSIBLE, RISK_TIERS } from './event'

type Now = Given<CaseCommand>

/** Asked again at every step towards the effect: what was true when it was approved must be true now. */
export function stillHolds(request: Request, given: Now): Refusal | null {
  return (
    inTime(request, given) ??
    sameTarget(request, given) ??
    sameExecutor(request, given) ??
    samePeople(request, given)
  )
}

function inTime(request: Request, { now }: Now): Refusal | null {
  if (now >= request.expires_at) return stale('The approval has expired.', 'Propose the action again.')
  if (now < request.action.not_before)
    return stale(`It may not run before ${request.action.not_before}.`, 'Wait for its time.')
  return null
}

function sameTarget({ action, target_owner, quorum, plan }: Request, { facts }: Now): Refusal | null {
  const target = facts.nhis[action.target.nhi]
  if (!target || target.owner !== target_owner) {
    return stale(
      'The target has another owner than when this was approved.',
      'Amend the action, so that it is approved for the present owner.',
    )
  }
  if (target.account !== action.target.account || target.environment !== action.target.environment) {
    return stale(
      'The target is registered under another account or environment than when this was approved.',
      'Amend the action, so that it is about what the target is now.',
    )
  }
  const { privilege, environment } = target
  const reversible = REVERSIBLE[action.kind] && (plan?.reversible ?? true)
  const tier = tierOf({ kind: action.kind, privilege, environment, reversible })
  if (RISK_TIERS.indexOf(tier) <= RISK_TIERS.indexOf(quorum.tier)) return null
  return stale(
    `It is a ${tier}-risk action by now; it was approved as ${quorum.tier}.`,
    'Amend the action, so that the right people approve it.',
  )
}

function sameExecutor({ action, executor_owner }: Request, { facts }: Now): Refusal | null {
  const executor = facts.nhis[action.executor]
  if (!executor || executor.disabled)
    return stale('The executor is disabled.', 'Enable it, or propose the action through another connector.')
  if (executor.owner !== executor_owner) {
    return stale(
      'The executor has another owner than when this was approved.',
      'Amend the action, so that separation of duties is judged afresh.',
    )
  }
  if (!facts.members[executor_owner]?.active)
    return stale("The executor's owner has left.", 'Give the executor another owner.')
  const connected = facts.connectors.some(
    (each) => each.connector === action.connector && each.executor === action.executor,
  )
  return connected
    ? null
    : stale(
        'Its connector is no longer registered for this executor.',
        'Amend the action, so that it goes through the present connector.',
      )
}

function samePeople(request: Request, given: Now): Refusal | null {
  const emergency = authority(request, given.now)
  if (emergency) return sameInvoker(emergency, given)
  if (!quorumMet(request))
    return stale('Its approvals no longer make the quorum.', 'Ask for the missing approval.')
  if (!given.facts.members[request.requester_accountable]?.active) {
    return stale('Whoever answers for this request has left.', 'Propose the action again.')
  }
  const left = standing(request).find((approval) => !mayStillApprove(request, approval, given))
  return left
    ? stale('Somebody who approved it no longer may.', 'Amend the action and have it approved again.')
    : null
}

function sameInvoker({ invoker }: BreakGlass, { facts }: Now): Refusal | null {
  const member = facts.members[invoker]
  return member?.active && member.roles.includes('analyst')
    ? null
    : stale('Whoever broke the glass no longer may.', 'Ask for the approvals.')
}

function mayStillApprove(request: Request, { approver, as_owner }: Approval, { facts }: Now): boolean {
  const member = facts.members[approver]
  if (!member?.active) return false
  if (!as_owner) return member.roles.includes('approver')
  const target = facts.nhis[request.action.target.nhi]
  return target?.owner === approver || target?.backup_owner === approver
}

function stale(sentence: string, remedy: string): Refusal {
  return refuse('stale', sentence, remedy)
}
