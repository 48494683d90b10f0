import type { PersonRole } from '../identity/actor'
import type { Environment, NhiKind, Privilege } from '../nhi/event'
import type { EventMeta } from './stream'

/** A member as other streams see them. */
export type MemberFact = {
  readonly id: string
  readonly name: string
  readonly roles: readonly PersonRole[]
  readonly active: boolean
}

/** A member who may be next in line where somebody else doesn't answer. */
export type Colleague = MemberFact & { readonly team: string | null }

/** A non-human identity as other streams see it. */
export type NhiFact = {
  readonly id: string
  readonly name: string
  readonly kind: NhiKind
  readonly system: string
  readonly account: string
  readonly environment: Environment
  readonly privilege: Privilege
  readonly owner: string | null
  readonly backup_owner: string | null
  readonly disabled: boolean
}

/** A connector: which executor may act through it, on which system and environment. */
export type ConnectorFact = {
  readonly connector: string
  readonly kind: string
  readonly executor: string
  readonly system: string
  readonly environment: Environment
}

/** A passkey as other streams see it. */
export type PasskeyFact = {
  readonly credential_id: string
  /** The person who enrolled it. */
  readonly user: string
  /** COSE_Key, base64url. */
  readonly cose: string
  readonly rp_id: string
  readonly origin: string
  readonly revoked_at: string | null
}

/** An event of the stream itself, read back from the record. */
export type Said = {
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly actor: EventMeta['actor']
  /** SHA-256 of its bytes, hexadecimal. */
  readonly body: string
  /** Null once it has been erased. */
  readonly data: unknown
}

/** Text of these kinds goes this many days after a case was closed, except in these categories. */
export type Retention = {
  readonly rule: string
  readonly days: number
  readonly what: readonly string[]
  readonly except: readonly string[]
}

/** What a command may need to know of other streams, read in the same round trip as its own. */
export type Facts = {
  readonly members: Readonly<Record<string, MemberFact>>
  readonly nhis: Readonly<Record<string, NhiFact>>
  readonly connectors: readonly ConnectorFact[]
  /** The case that already holds this message, or this secret while open. */
  readonly duplicate: string | null
  /** The next number for a case; only for a command that starts one. */
  readonly number: number | null
  /** How many of the stream's events are sealed: events with `seq` below this are in a signed checkpoint. */
  readonly sealed: number
  /** How many of them enough witnesses have signed for, counted in the same way; null where the organisation asks no witness. */
  readonly witnessed: number | null
  /** The NHIs whose credentials have one of the fingerprints asked for: fingerprint -> NHI id. */
  readonly matches: Readonly<Record<string, string>>
  /** The `seq` of the stream's event with the hash asked for, or null. */
  readonly seen: number | null
  /** The passkey asked for by its id, whoever's it is. */
  readonly passkey: PasskeyFact | null
  /** The stream's events that were asked for. */
  readonly said: readonly Said[]
  /** Whether a legal hold of the whole organisation stands; read for those who ask. */
  readonly held: boolean
  /** The retention rule in force; read for those who ask. */
  readonly retention: Retention | null
  /**
   * For those who ask: the active administrators and approvers, the analysts of the case's team (or else of its assignee's), and
   * the owners' stand-ins of its identities, by id.
   */
  readonly colleagues?: readonly Colleague[]
  /** For those who ask: the other identity that is registered at the place where this one is to be. */
  readonly placed?: string | null
}

/** What nobody learns who doesn't ask. */
export const NOTHING_ERASING: ErasureFacts = { said: [], held: false, retention: null }
export type ErasureFacts = Pick<Facts, 'said' | 'held' | 'retention'>

/** What to read: ids that the command names. Those that the stream's state already names (`people`, `nhis`) come by themselves. */
export type Wanted = {
  readonly members: readonly string[]
  readonly nhis: readonly string[]
  readonly fingerprints: readonly string[]
  readonly message_key: string | null
  readonly number: boolean
  /** Hash (hex) of an event that the sender says to have seen. */
  readonly head: string | null
  /** How much of the stream is sealed and witnessed; counted only for those who ask. */
  readonly sealed: boolean
  /** Credential id of a passkey. */
  readonly passkey: string | null
  /** For commands about erasing or correcting: holds, the retention rule, and the stream's events with these numbers. Null for all others. */
  readonly erasing: readonly number[] | null
  /** Who is next in line; looked up only for those who ask. */
  readonly colleagues?: true
  /** Where an identity is to be. What is left out of it is as the identity has it now. */
  readonly place?: { readonly system?: string; readonly environment?: Environment; readonly account?: string }
}

export const NOTHING_WANTED: Wanted = {
  members: [],
  nhis: [],
  fingerprints: [],
  message_key: null,
  number: false,
  head: null,
  sealed: false,
  passkey: null,
  erasing: null,
}
