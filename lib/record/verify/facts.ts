import type { Json } from '../canonical'
import type { Entry } from '../entry'
import type { ReadEvent } from './event'
import { count, fields, text } from './fields'
import type { Where } from './report'
import { type SignInFact, signInFact } from './sign-in-fact'

export const APPROVALS = 'data/approvals/'
export const EMERGENCIES = 'data/emergencies/'

/** An event's place: in its stream, in the log (null where no proof shows it), and in time. */
export type Placed = {
  readonly case: string
  readonly seq: number
  readonly index: number | null
  readonly at: string
  readonly actor: ReadEvent['actor']
  readonly where: Where
}

export type RequestFact = Placed & {
  readonly request: string
  readonly revision: number
  readonly action: Json | undefined
  readonly actionDigest: string | null
  readonly requester: string | null
  /** The person who answers for a requester that is not a person. */
  readonly accountable: string | null
  readonly executor: string | null
  readonly executorOwner: string | null
  /** How many people must have approved. */
  readonly quorum: number
  /** The least that was enough: `vouched` a sign-in for exactly the statement, `passkey` a passkey's signature; else nothing that can be checked. */
  readonly assurance: string | null
}

/** What somebody put their name to about an action: a decision on it, or an emergency in which it goes without. */
export type ApprovalFact = Placed & {
  readonly approval: string
  /** Where the bundle has what they signed. */
  readonly folder: string
  readonly request: string | null
  readonly approver: string
  readonly decision: string | null
  readonly method: string | null
  readonly credentialId: string | null
  readonly statementDigest: string | null
  readonly assertionDigest: string | null
  readonly signIn: SignInFact
}

export type EmergencyFact = ApprovalFact & {
  /** No warrant is issued under it from then on. */
  readonly until: string
}

export type WarrantFact = Placed & {
  readonly jti: string
  readonly request: string | null
  readonly digest: string | null
}

export type ExecutedFact = Placed & {
  readonly jti: string | null
  readonly request: string | null
  readonly outcome: string | null
  readonly executorOwner: string | null
}

export type EvidenceFact = Placed & {
  readonly sha256: string
  readonly bytes: number | null
  /** A secret that was found: on record by its digest, and never exported. */
  readonly isSealed: boolean
}

/** An event about an event of its own stream, which it names by number and digest. */
export type NamingFact = Placed & { readonly of: number; readonly body: string | null }

/** What the checks across events need, and nothing more: a bundle's events are read once and not kept. */
export type Facts = {
  readonly requests: RequestFact[]
  readonly approvals: ApprovalFact[]
  readonly issued: WarrantFact[]
  readonly redeemed: WarrantFact[]
  readonly revoked: WarrantFact[]
  readonly executed: ExecutedFact[]
  readonly emergencies: EmergencyFact[]
  readonly attached: EvidenceFact[]
  readonly withheld: Set<string>
  /** The policy sets that decided, each with the first event that names it. */
  readonly policySets: Map<string, Where>
  readonly erased: { readonly entry: Entry; readonly where: Where }[]
  readonly redactions: NamingFact[]
  readonly corrections: NamingFact[]
  /** Where in each case the events are whose digest an approver says to have seen. */
  readonly seen: Map<string, { readonly case: string; readonly seq: number }>
}

export function noFacts(): Facts {
  return {
    requests: [],
    approvals: [],
    issued: [],
    redeemed: [],
    revoked: [],
    executed: [],
    emergencies: [],
    attached: [],
    withheld: new Set(),
    policySets: new Map(),
    erased: [],
    redactions: [],
    corrections: [],
    seen: new Map(),
  }
}

/** Whether some body in this case was erased, so that what refers to it can't be held against the bundle. */
export function hasErased(facts: Facts, stream: string): boolean {
  return facts.erased.some(({ entry }) => entry.case === stream)
}

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
function quorumOf(quorum: Json | undefined): number {
  const { approvals, owner } = fields(quorum)
  return count(quorum) ?? (count(approvals) ?? 0) + (owner === true ? 1 : 0)
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
    until: text(data.expires_at) ?? '',
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
