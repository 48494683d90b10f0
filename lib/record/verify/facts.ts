import type { Json } from '../canonical'
import type { Entry } from '../entry'
import type { ReadEvent } from './event'
import type { Where } from './report'
import type { SignInFact } from './sign-in-fact'

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
  /** How many people must have approved; null where that can't be read. */
  readonly quorum: number | null
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
