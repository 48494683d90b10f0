/** What a membership lets a person do. A chat channel's membership gives none of these. */
export const PERSON_ROLES = ['reporter', 'analyst', 'approver', 'auditor', 'admin'] as const
/** What a non-human identity may be; never one of a person's roles. */
const NHI_ROLES = ['agent', 'executor'] as const

export type PersonRole = (typeof PERSON_ROLES)[number]
export type NhiRole = (typeof NHI_ROLES)[number]

/** The door through which something reached the record; part of the envelope (`actor.via`). */
export type Via = 'web' | 'slack' | 'teams' | 'mcp' | 'api' | 'job'

/** How the actor proved who it is: OpenID Connect's `acr`, `amr` and `auth_time` (seconds since 1970). */
export type Authentication = {
  readonly acr: string
  readonly amr: readonly string[]
  readonly auth_time: number
  /** There is a provider that would sign for one statement: a fresh session alone, which only we vouch for, is then too little. */
  readonly provider?: boolean
  /** Where this sign-in was made for exactly one statement, and for nothing else. */
  readonly bound?: BoundSignIn
}

/**
 * A sign-in whose `nonce` is the digest of a statement (OpenID Connect Core 1.0, 3.1.2.1): the provider has signed that this person
 * signed in for it. Digests are hexadecimal SHA-256.
 */
export type BoundSignIn = {
  readonly statement_sha256: string
  readonly issuer: string
  readonly subject: string
  readonly client_id: string
  /** Of the id_token, as it was received; and of the issuer's keys, as they were when it was checked. Both are kept under these. */
  readonly id_token: string
  readonly issuer_jwks: string
}

type Everyone = {
  readonly org: string
  readonly via: Via
  readonly auth: Authentication
  /** The request that carried the command: goes into each event as `cause`. */
  readonly request: string
}

declare const checked: unique symbol
type Checked = { readonly [checked]: true }

export type Person = Everyone &
  Checked & {
    readonly kind: 'human'
    readonly id: string
    readonly name: string
    readonly roles: readonly PersonRole[]
  }

export type NonHuman = Everyone &
  Checked & {
    readonly kind: 'nhi'
    readonly id: string
    readonly name: string
    readonly roles: readonly NhiRole[]
    /** The accountable person; null when orphaned, and then it may do nothing. */
    readonly owner: string | null
    /** The person for whom it acts, if any: that person's rights decide, not the agent's. */
    readonly onBehalfOf?: string
  }

/** On Record itself: the worker, the sequencer, the seed. */
export type System = Everyone & Checked & { readonly kind: 'system'; readonly id: string }

/** Somebody whose identity has been checked. Only the doors' `who` and the system's own processes make one. */
export type Actor = Person | NonHuman | System

/** The one place where an identity becomes an Actor: call it after the check, never before. */
export function identified(identity: Omit<Person, typeof checked>): Person
export function identified(identity: Omit<NonHuman, typeof checked>): NonHuman
export function identified(identity: Omit<System, typeof checked>): System
export function identified(identity: Omit<Person | NonHuman | System, typeof checked>): unknown {
  return identity
}

/**
 * The person who answers for what this actor does: a person for themself, an agent for its owner or for whom it acts.
 * Separation of duties compares these, so that two identities of one person count once.
 */
export function accountable(actor: Actor): string {
  switch (actor.kind) {
    case 'human':
      return actor.id
    case 'nhi':
      return actor.onBehalfOf ?? actor.owner ?? actor.id
    case 'system':
      return actor.id
  }
}
