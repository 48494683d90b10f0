import type { Request } from '../action/action'
import { STATEMENT_MINUTES, type StatementDecision } from '../action/bound'
import type { Case } from '../case/case'
import { type Actor, accountable } from '../identity/actor'
import type { ApprovalStatement } from '../record/approval'

type Seen = {
  readonly actor: Actor
  readonly state: Case
  readonly now: string
  readonly origin: string
  readonly policies: { readonly bundle: string }
}

/** What the approver is asked to put their name to, word for word: valid for ten minutes from `now`. */
export function statementFor(
  seen: Seen,
  request: Request,
  decision: StatementDecision,
  nonce: string,
  head: string,
): ApprovalStatement {
  return {
    action_digest: request.digest,
    approver: accountable(seen.actor),
    aud: seen.origin,
    case: seen.state.id,
    decision,
    executor: request.action.executor,
    exp: new Date(Date.parse(seen.now) + STATEMENT_MINUTES * 60_000).toISOString(),
    head,
    iat: seen.now,
    nonce,
    policy: seen.policies.bundle,
    request: request.id,
    requester: request.requester,
    revision: request.revision,
    type: 'onrecord.approval/v1',
  }
}
