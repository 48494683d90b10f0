import type { Late } from '../case/late'
import type { Action, Outcome, Plan, Quorum } from './event'

export type Approval = {
  id: string
  decision: 'approve' | 'refuse'
  approver: string
  as_owner: boolean
  method: string
  /** Whose word it rests on, and about whom: where signing in again is the method. */
  sign_in?: { issuer: string; subject: string }
  at: string
  /** The event that recorded it: a warrant waits until it is sealed. */
  seq: number
  reason: string | null
  void: boolean
  statement_sha256: string
}

export type Phase =
  | 'planning'
  | 'plan-failed'
  | 'awaiting-approval'
  | 'approved'
  | 'started'
  | 'warranted'
  | 'running'
  | 'executed'
  | 'failed'
  | 'unknown'
  | 'verified'
  | 'verification-failed'
  | 'refused'
  | 'withdrawn'
  | 'expired'

/** An emergency execution: who answers for it, and who has looked at it since. */
export type BreakGlass = {
  invoker: string
  revision: number
  /** The event that recorded it: a warrant waits until it is sealed. */
  seq: number
  reason: string
  at: string
  expires_at: string
  review_by: string
  expired: boolean
  reviews: { reviewer: string; outcome: 'justified' | 'unjustified'; note: string; at: string }[]
}

/** The state of one proposed change within its case. */
export type Request = {
  id: string
  revision: number
  phase: Phase
  action: Action
  digest: string
  requester: string
  requester_accountable: string
  proposed_by_agent: boolean
  executor_owner: string
  target_owner: string | null
  quorum: Quorum
  plan: Plan | null
  plan_failure: string | null
  approvals: Approval[]
  /** Said to have waited too long, in this revision. */
  awaited?: Late
  requested_at: string
  expires_at: string
  breakglass: BreakGlass | null
  /** The person who let the executor go ahead. */
  started_by: string | null
  warrant: { jti: string; issued_at: string; redeemed_at: string | null; expires_at: string } | null
  result: { outcome: Outcome; summary: string; finished_at: string; result_sha256: string } | null
  /** Who found out what became of it when nobody had reported it. */
  settled_by: string | null
  probing: boolean
  probe: { outcome: string; summary: string; result_sha256: string; at: string } | null
  verification: { outcome: 'passed' | 'failed'; verifier: string; note: string | null; at: string } | null
}

/** Phases in which a request can still be amended, withdrawn, refused or expire. */
export const UNDECIDED: readonly Phase[] = ['planning', 'plan-failed', 'awaiting-approval', 'approved']
/** Phases in which nothing more will happen to the target by itself. */
const SETTLED: readonly Phase[] = ['verified', 'refused', 'withdrawn', 'expired', 'failed']

/** Phases in which it has had its effect: nothing more will run. */
export const HAS_RUN: readonly Phase[] = ['executed', 'verified', 'verification-failed']

export function isOpen(request: Request): boolean {
  return !SETTLED.includes(request.phase)
}

export function standing(request: Request): Approval[] {
  return request.approvals.filter((approval) => !approval.void && approval.decision === 'approve')
}

/** Quorum counts people, not keys. Where the owner must approve, that approval comes on top of the others'. */
export function quorumMet(request: Request): boolean {
  const approvals = standing(request)
  const owners = new Set(
    approvals.filter((approval) => approval.as_owner).map((approval) => approval.approver),
  )
  const others = new Set(
    approvals.map((approval) => approval.approver).filter((person) => !owners.has(person)),
  )
  return others.size >= request.quorum.approvals && (owners.size > 0 || !request.quorum.owner)
}
