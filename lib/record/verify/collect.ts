import type { Json } from '../canonical'
import type { ReadEvent } from './event'
import {
  APPROVALS,
  type ApprovalFact,
  EMERGENCIES,
  type EmergencyFact,
  type ExecutedFact,
  type Facts,
  type Placed,
  type RequestFact,
  type WarrantFact,
} from './facts'
import { count, fields, text, time } from './fields'
import { signInFact } from './sign-in-fact'

/** Keeps of an event what the checks across events need. */
export function collect(facts: Facts, { type, data, policySet }: ReadEvent, placed: Placed): void {
  if (policySet !== null && !facts.policySets.has(policySet)) facts.policySets.set(policySet, placed.where)
  switch (type) {
    case 'action.requested':
    case 'action.amended':
      facts.requests.push(requestFact(data, placed))
      return
    case 'approval.recorded':
      facts.approvals.push(approvalFact(data, placed))
      return
    case 'warrant.issued':
      facts.issued.push(warrantFact(data, placed))
      return
    case 'warrant.redeemed':
      facts.redeemed.push(warrantFact(data, placed))
      return
    case 'warrant.revoked':
      facts.revoked.push(warrantFact(data, placed))
      return
    case 'action.executed':
      facts.executed.push(executedFact(data, placed))
      return
    case 'breakglass.invoked':
      facts.emergencies.push(emergencyFact(data, placed))
      return
    case 'evidence.attached':
      facts.attached.push({
        ...placed,
        sha256: text(data.sha256) ?? '',
        bytes: count(data.bytes),
        isSealed: data.kind === 'sealed-secret',
      })
      return
    case 'evidence.withheld':
      facts.withheld.add(text(data.sha256) ?? '')
      return
    case 'event.redacted':
      facts.redactions.push({ ...placed, of: count(data.seq) ?? -1, body: text(data.body) })
      return
    case 'entry.corrected':
      facts.corrections.push({ ...placed, of: count(data.seq) ?? -1, body: text(data.body) })
  }
}

type Data = ReadEvent['data']

function requestFact(data: Data, placed: Placed): RequestFact {
  return {
    ...placed,
    request: text(data.request) ?? '',
    revision: count(data.revision) ?? 0,
    action: data.action,
    actionDigest: text(data.action_digest),
    requester: text(data.requester),
    accountable: text(data.requester_accountable),
    executor: text(data.executor),
    executorOwner: text(data.executor_owner),
    quorum: quorumOf(data.quorum),
    assurance: text(fields(data.quorum).assurance),
  }
}

// A number, or {"approvals": n, "owner": whether the target's owner has to approve as well}.
function quorumOf(quorum: Json | undefined): number | null {
  if (typeof quorum === 'number') return count(quorum)
  const { approvals, owner } = fields(quorum)
  const people = count(approvals)
  return people === null ? null : people + (owner === true ? 1 : 0)
}

function approvalFact(data: Data, placed: Placed): ApprovalFact {
  const approval = text(data.approval) ?? ''
  const approver = text(data.approver) ?? placed.actor.id
  const decision = text(data.decision)
  return { ...placed, approval, folder: `${APPROVALS}${approval}/`, approver, decision, ...signedFact(data) }
}

/** An emergency has no id: what was signed lies under the digest of its statement. */
function emergencyFact(data: Data, placed: Placed): EmergencyFact {
  const id = text(data.statement_sha256) ?? ''
  return {
    ...placed,
    approval: id,
    folder: `${EMERGENCIES}${id}/`,
    approver: text(data.invoker) ?? placed.actor.id,
    decision: 'break-glass',
    until: time(data.expires_at) ?? '',
    ...signedFact(data),
  }
}

function signedFact(data: Data) {
  return {
    request: text(data.request),
    method: text(data.method),
    credentialId: text(data.credential_id),
    statementDigest: text(data.statement_sha256),
    assertionDigest: text(data.assertion_sha256),
    signIn: signInFact(data.sign_in),
  }
}

function warrantFact(data: Data, placed: Placed): WarrantFact {
  const digest = text(data.warrant_sha256) ?? text(data.sha256)
  return { ...placed, jti: text(data.jti) ?? '', request: text(data.request), digest }
}

function executedFact(data: Data, placed: Placed): ExecutedFact {
  return {
    ...placed,
    jti: text(data.jti),
    request: text(data.request),
    outcome: text(data.outcome),
    executorOwner: text(data.executor_owner),
  }
}
