import type { EventMeta } from '../act/stream'
import type { Action, ActionEvent, Outcome, Plan, Quorum } from './event'

export type Approval = {
  id: string
  decision: 'approve' | 'refuse'
  approver: string
  as_owner: boolean
  method: string
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
  requested_at: string
  expires_at: string
  warrant: { jti: string; issued_at: string; redeemed_at: string | null; expires_at: string } | null
  result: { outcome: Outcome; summary: string; finished_at: string; result_sha256: string } | null
  probing: boolean
  probe: { outcome: string; summary: string; result_sha256: string; at: string } | null
  verification: { outcome: 'passed' | 'failed'; verifier: string; note: string | null; at: string } | null
}

/** Phases in which a request can still be amended, withdrawn, refused or expire. */
export const UNDECIDED: readonly Phase[] = ['planning', 'plan-failed', 'awaiting-approval', 'approved']
/** Phases in which nothing more will happen to the target by itself. */
export const SETTLED: readonly Phase[] = ['verified', 'refused', 'withdrawn', 'expired', 'failed']

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

/** The whole request after an event about it; the case's fold calls this with the request that the event names. */
export function evolveRequest(before: Request | undefined, event: ActionEvent, meta: EventMeta): Request {
  if (event.type === 'action.requested') return begin(event.data, meta)
  if (!before) throw new Error(`${event.type} for a request that the stream doesn't hold`)
  switch (event.type) {
    case 'action.amended':
      return {
        ...begin(event.data, meta),
        requested_at: before.requested_at,
        approvals: voided(before.approvals),
      }
    case 'approvals.voided':
      return { ...before, approvals: voided(before.approvals) }
    case 'action.planned':
      return { ...before, plan: event.data.plan, plan_failure: null, phase: 'awaiting-approval' }
    case 'action.plan_failed':
      return { ...before, plan_failure: event.data.reason, phase: 'plan-failed' }
    case 'approval.recorded':
      return decided(before, event.data, meta)
    case 'action.withdrawn':
      return { ...before, phase: 'withdrawn' }
    case 'action.expired':
      return { ...before, phase: 'expired' }
    case 'execution.started':
      return { ...before, phase: 'started' }
    case 'warrant.issued': {
      const { jti, expires_at } = event.data
      return {
        ...before,
        phase: 'warranted',
        warrant: { jti, expires_at, issued_at: meta.at, redeemed_at: null },
      }
    }
    case 'warrant.redeemed':
      return {
        ...before,
        phase: 'running',
        warrant: before.warrant && { ...before.warrant, redeemed_at: meta.at },
      }
    case 'warrant.revoked':
      return { ...before, phase: 'approved', warrant: null }
    case 'action.executed': {
      const { outcome, summary, finished_at, result_sha256 } = event.data
      const phase = outcome === 'succeeded' ? 'executed' : outcome
      return { ...before, phase, result: { outcome, summary, finished_at, result_sha256 } }
    }
    case 'probe.requested':
      return { ...before, probing: true }
    case 'probe.reported': {
      const { outcome, summary, result_sha256 } = event.data
      return { ...before, probing: false, probe: { outcome, summary, result_sha256, at: meta.at } }
    }
    case 'verification.recorded': {
      const { outcome, verifier, note } = event.data
      const phase = outcome === 'passed' ? 'verified' : 'verification-failed'
      return { ...before, phase, verification: { outcome, verifier, note, at: meta.at } }
    }
  }
}

/** They were for another revision: an approval never outlives the exact action that it was given for. */
function voided(approvals: Approval[]): Approval[] {
  return approvals.map((approval) => ({ ...approval, void: true }))
}

type Proposal = Extract<ActionEvent, { type: 'action.requested' }>['data']

function begin(data: Proposal, meta: EventMeta): Request {
  return {
    id: data.request,
    revision: data.revision,
    phase: 'planning',
    action: data.action,
    digest: data.action_digest,
    requester: data.requester,
    requester_accountable: data.requester_accountable,
    proposed_by_agent: data.proposed_by_agent,
    executor_owner: data.executor_owner,
    target_owner: data.target_owner,
    quorum: data.quorum,
    plan: null,
    plan_failure: null,
    approvals: [],
    requested_at: meta.at,
    expires_at: data.expires_at,
    warrant: null,
    result: null,
    probing: false,
    probe: null,
    verification: null,
  }
}

type Recorded = Extract<ActionEvent, { type: 'approval.recorded' }>['data']

function decided(before: Request, data: Recorded, meta: EventMeta): Request {
  const { approval: id, decision, approver, as_owner, method, reason, statement_sha256 } = data
  const approval = {
    id,
    decision,
    approver,
    as_owner,
    method,
    reason,
    statement_sha256,
    at: meta.at,
    seq: meta.seq,
    void: false,
  }
  const after = { ...before, approvals: [...before.approvals, approval] }
  if (decision === 'refuse') return { ...after, phase: 'refused' }
  return { ...after, phase: quorumMet(after) ? 'approved' : 'awaiting-approval' }
}
