import type { Phase } from '../../action/action'
import type { Action, Outcome, Plan, Quorum } from '../../action/event'
import type { CaseRow } from './case'
import type { OwnPasskey } from './passkey'
import type { LateView, Offer, Who } from './who'

export type ApprovalView = {
  approval: string
  decision: 'approve' | 'refuse'
  approver: Who
  as_owner: boolean
  method: string
  at: string
  reason: string | null
  void: boolean
}

/** An action's phase, of which `warranted` is a moment of running that nobody needs to tell apart. */
export type ActionStatus = Exclude<Phase, 'warranted'>

export type ActionView = {
  request: string
  revision: number
  status: ActionStatus
  /** What the log still owes before a started action may have its warrant. */
  awaits: 'sealed' | 'witnessed' | null
  action: Action
  action_digest: string
  /** First eight hexadecimal digits of the digest, in two groups: read aloud, it names the exact change. */
  short_code: string
  requester: Who
  proposed_by_agent: boolean
  executor: Who
  executor_owner: Who
  target_owner: Who | null
  quorum: Quorum
  plan: Plan | null
  plan_failure: string | null
  approvals: ApprovalView[]
  /** Who has been asked and has not answered, since when. */
  asked: { who: Who; since: string; as_owner: boolean }[]
  /** Half of the time for approving is over, and this was said on the record. */
  late: LateView | null
  requested_at: string
  expires_at: string
  warrant: { jti: string; issued_at: string; redeemed_at: string | null; expires_at: string } | null
  result: { outcome: Outcome; summary: string; finished_at: string; result_sha256: string } | null
  probe: { outcome: string; summary: string; result_sha256: string; at: string } | null
  /** An emergency: who let it run without its approvals, and who has reviewed that. */
  breakglass: {
    invoker: Who
    reason: string
    at: string
    expires_at: string
    review_by: string
    expired: boolean
    reviews: { reviewer: Who; outcome: 'justified' | 'unjustified'; note: string; at: string }[]
  } | null
  verification: { outcome: 'passed' | 'failed'; verifier: Who; note: string | null; at: string } | null
  probing: boolean
  offers: Offer[]
}

export type ApprovalRow = { case: CaseRow; action: ActionView; mine: boolean; reason: string }

/** The statement to be decided on, with the exact bytes that the approval will bind to. */
export type StatementView = {
  statement: string
  /** What a passkey's signature is asked for: the name that it is bound to, and the reader's own. */
  rp_id: string
  passkeys: OwnPasskey[]
  /** Where passkeys work. */
  origin: string
  /** There is a provider that could vouch for exactly this statement. */
  provider: boolean
  digest: string
  short_code: string
  action: ActionView
  case: CaseRow
}
