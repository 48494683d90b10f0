import type { EventMeta } from '../act/stream'
import { lateBy } from '../case/late'
import { accountableOf } from '../case/moved'
import { type Approval, quorumMet, type Request } from './action'
import type { ActionEvent } from './event'

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
        breakglass: before.breakglass,
      }
    case 'approvals.voided':
      return { ...before, approvals: voided(before.approvals) }
    case 'action.planned':
      return { ...before, plan: event.data.plan, plan_failure: null, phase: 'awaiting-approval' }
    case 'action.plan_failed':
      return { ...before, plan_failure: event.data.reason, phase: 'plan-failed' }
    case 'approval.recorded':
      return decided(before, event.data, meta)
    case 'approval.awaited':
      return { ...before, awaited: lateBy(event.data, meta) }
    case 'action.withdrawn':
      return { ...before, phase: 'withdrawn' }
    case 'action.expired':
      return { ...before, phase: 'expired' }
    case 'execution.started':
      return { ...before, phase: 'started', started_by: accountableOf(meta) }
    case 'breakglass.invoked': {
      const { invoker, revision, reason, expires_at, review_by } = event.data
      const { seq, at } = meta
      const breakglass = {
        invoker,
        revision,
        seq,
        reason,
        at,
        expires_at,
        review_by,
        expired: false,
        reviews: [],
      }
      return { ...before, breakglass }
    }
    case 'breakglass.expired':
      return {
        ...before,
        phase: 'awaiting-approval',
        started_by: null,
        warrant: null,
        breakglass: before.breakglass && { ...before.breakglass, expired: true },
      }
    case 'breakglass.reviewed': {
      const { reviewer, outcome, note } = event.data
      const review = { reviewer, outcome, note, at: meta.at }
      const { breakglass } = before
      return {
        ...before,
        breakglass: breakglass && { ...breakglass, reviews: [...breakglass.reviews, review] },
      }
    }
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
      return { ...before, phase, result: { outcome, summary, finished_at, result_sha256 }, settled_by: null }
    }
    case 'execution.settled': {
      const { outcome, note, evidence, settled_by } = event.data
      const result = { outcome, summary: note, finished_at: meta.at, result_sha256: evidence[0] ?? '' }
      return { ...before, phase: outcome === 'succeeded' ? 'executed' : 'failed', result, settled_by }
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
    breakglass: null,
    started_by: null,
    warrant: null,
    result: null,
    settled_by: null,
    probing: false,
    probe: null,
    verification: null,
  }
}

type Recorded = Extract<ActionEvent, { type: 'approval.recorded' }>['data']

function decided(before: Request, data: Recorded, meta: EventMeta): Request {
  const { approval: id, decision, approver, as_owner, method, reason, statement_sha256, sign_in } = data
  const approval = {
    id,
    decision,
    approver,
    as_owner,
    method,
    ...(sign_in ? { sign_in: { issuer: sign_in.issuer, subject: sign_in.subject } } : {}),
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
