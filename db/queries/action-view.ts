import { requestOffers } from '@/lib/act/offer'
import type { ActionStatus, ActionView, ApprovalView } from '@/lib/act/view/action'
import type { BreakGlass, Request } from '@/lib/action/action'
import { askedOf } from '@/lib/action/asked'
import { awaits } from '@/lib/action/in-log'
import { lateView } from './late-view'
import { type Names, whoOrNull } from './names'
import type { Opened } from './opened'

/** One proposed change of an opened case as pages show it. */
export function actionView(opened: Opened, request: Request): ActionView {
  const { moment, names } = opened
  const {
    requester,
    executor_owner,
    target_owner,
    approvals,
    warrant,
    verification,
    phase,
    digest,
    id,
    ...rest
  } = request
  const {
    revision,
    action,
    proposed_by_agent,
    quorum,
    plan,
    plan_failure,
    requested_at,
    expires_at,
    result,
    probing,
    probe,
  } = rest
  return {
    request: id,
    revision,
    status: statusOf(phase),
    awaits: awaitsOf(opened, request),
    action,
    action_digest: digest,
    short_code: shortCode(digest),
    requester: names(requester),
    proposed_by_agent,
    executor: names(action.executor),
    executor_owner: names(executor_owner),
    target_owner: whoOrNull(names, target_owner),
    quorum,
    plan,
    plan_failure,
    approvals: approvals.map((each) => approvalView(each, names)),
    asked: asked(opened, request),
    late: request.phase === 'awaiting-approval' && request.awaited ? lateView(request.awaited, names) : null,
    requested_at,
    expires_at,
    warrant,
    result,
    probing,
    probe,
    breakglass: request.breakglass && breakGlassView(request.breakglass, names),
    verification: verification && { ...verification, verifier: names(verification.verifier) },
    offers: requestOffers(moment, request),
  }
}

/** What a started action still waits for, by the very rule that its warrant is refused by. */
function awaitsOf({ moment, covered }: Opened, request: Request): ActionView['awaits'] {
  return covered && request.phase === 'started' ? awaits(request, moment.now, covered) : null
}

function statusOf(phase: Request['phase']): ActionStatus {
  return phase === 'warranted' ? 'running' : phase
}

/** First eight hexadecimal digits of the action's digest: read aloud, they name this exact change. */
export function shortCode(digest: string): string {
  const hex = digest.slice('sha256:'.length)
  return `${hex.slice(0, 4)}-${hex.slice(4, 8)}`
}

function breakGlassView(
  { invoker, reviews, reason, at, expires_at, review_by, expired }: BreakGlass,
  names: Names,
): NonNullable<ActionView['breakglass']> {
  const looked = reviews.map((each) => ({ ...each, reviewer: names(each.reviewer) }))
  return { invoker: names(invoker), reason, at, expires_at, review_by, expired, reviews: looked }
}

function approvalView(
  { id, decision, approver, as_owner, method, at, reason, void: voided }: Request['approvals'][number],
  names: Names,
): ApprovalView {
  return { approval: id, decision, approver: names(approver), as_owner, method, at, reason, void: voided }
}

/** Who has been asked, and can still give what is missing. */
function asked({ moment, names, asked: approvers }: Opened, request: Request): ActionView['asked'] {
  return askedOf(request, approvers, backupOf(moment, request)).map(({ person, as_owner }) => ({
    who: names(person),
    since: request.requested_at,
    as_owner,
  }))
}

/** Who may answer for the target when its owner can't. */
function backupOf({ facts }: Opened['moment'], { action }: Request): string | null {
  return facts.nhis[action.target.nhi]?.backup_owner ?? null
}
