import type { EventMeta } from '../act/stream'
import type { Hold } from '../case/case'
import type { PersonRole } from '../identity/actor'
import { FLAGS } from '../record/authenticator'
import type { Account } from './accounts'
import { type Anchors, evolveAnchors, NO_ANCHORS } from './anchors'
import type { RetentionEvent } from './erasure-event'
import type { EnrolledPasskey, RegistryEvent } from './event'
import { evolveKeys, type Keys, NO_KEYS } from './keys'
import { evolveRetention } from './retention'
import { evolveWitnesses, type Witness } from './witnesses'

export type ChatLink = { platform: 'slack'; team: string; user: string }
export type Member = {
  id: string
  name: string
  email: string
  roles: PersonRole[]
  team: string | null
  active: boolean
  linked: ChatLink[]
}
/** `flags` and what else only auditors need stay in the event. */
export type Passkey = Pick<
  EnrolledPasskey,
  'user' | 'credential_id' | 'name' | 'alg' | 'cose' | 'rp_id' | 'origin' | 'transports'
> & {
  /** A copy of it may be kept by the maker of the person's devices (backup eligible). */
  synced: boolean
  enrolled_at: string
  revoked_at: string | null
}
export type Connector = Extract<RegistryEvent, { type: 'connector.registered' }>['data']
export type Chat = Extract<RegistryEvent, { type: 'chat.connected' }>['data']

export type Retention = Extract<RetentionEvent, { type: 'retention.agreed' }>['data']

/** The state of the organisation: the fold of its one registry stream. Plain JSON. */
export type Registry = Keys & {
  id: string
  name: string
  origin: string
  members: Member[]
  policies: { bundle: string; policies: string[]; since: string } | null
  /** Witnesses of the log, and how many of them make an event witnessed; 0 while there are none. */
  witnesses: readonly Witness[]
  witness_quorum: number
  chats: Chat[]
  anchors: Anchors
  connectors: Connector[]
  passkeys: Passkey[]
  /** Accounts at OpenID providers, and whose they are for ever. `left`: who is taken back since may come with another one. */
  accounts: (Account & { member: string; left: boolean })[]
  /** Legal holds on the whole organisation that stand. */
  holds: Hold[]
  retention: (Retention & { since: string }) | null
  retention_proposed: Retention | null
  /** Empty: the registry holds its people itself. */
  people: string[]
  nhis: string[]
}

export const NO_REGISTRY: Registry = {
  id: '',
  name: '',
  origin: '',
  members: [],
  policies: null,
  ...NO_KEYS,
  witnesses: [],
  witness_quorum: 0,
  chats: [],
  anchors: NO_ANCHORS,
  connectors: [],
  passkeys: [],
  accounts: [],
  holds: [],
  retention: null,
  retention_proposed: null,
  people: [],
  nhis: [],
}

export function exists(state: Registry): boolean {
  return state.id !== ''
}

export function memberOf(state: Registry, id: string): Member | undefined {
  return state.members.find((member) => member.id === id)
}

/** Folds one event into the registry. Exhaustive: a new event doesn't compile until it is dealt with here. */
export function evolve(state: Registry, event: RegistryEvent, meta: EventMeta): Registry {
  switch (event.type) {
    case 'hold.placed':
    case 'hold.lifted':
    case 'retention.proposed':
    case 'retention.agreed':
    case 'retention.refused':
    case 'retention.stopped':
      return evolveRetention(state, event, meta)
    case 'organisation.founded':
      return { ...NO_REGISTRY, id: meta.stream, ...event.data }
    case 'member.added': {
      const { member: id, name, email, roles, team } = event.data
      return {
        ...state,
        members: [...state.members, { id, name, email, roles, team, active: true, linked: [] }],
      }
    }
    case 'member.roles':
      return withMember(state, event.data.member, () => ({ roles: event.data.to }))
    case 'member.removed':
      return withMember(withoutAccount(state, event.data.member), event.data.member, () => ({
        active: false,
      }))
    case 'member.restored':
      return withMember(state, event.data.member, () => ({ active: true }))
    case 'member.linked': {
      const { member, ...link } = event.data
      return withMember(state, member, ({ linked }) => ({ linked: [...linked, link] }))
    }
    case 'member.unlinked': {
      const { member, ...link } = event.data
      return withMember(state, member, ({ linked }) => ({
        linked: linked.filter((each) => !isSame(each, link)),
      }))
    }
    case 'member.identified':
      return { ...state, accounts: [...state.accounts, { ...event.data, left: false }] }
    case 'policy.activated':
      return { ...state, policies: { ...event.data, since: meta.at } }
    case 'key.rotation-ordered':
    case 'warrant-key.published':
    case 'token-key.published':
    case 'export-key.published':
    case 'log-key.published':
    case 'warrant-key.retired':
    case 'token-key.retired':
    case 'export-key.retired':
    case 'log-key.retired':
      return evolveKeys(state, event, meta)
    case 'log.restarted':
      return { ...state, origin: event.data.origin }
    case 'witness.added':
    case 'witness.removed':
    case 'witness.quorum':
      return { ...state, ...evolveWitnesses(state, event) }
    case 'anchors.configured':
    case 'anchor.ordered':
    case 'checkpoint.timestamped':
    case 'checkpoint.posted':
    case 'anchor.failed':
      return evolveAnchors(state, event, meta)
    case 'chat.connected':
      return { ...state, chats: [...state.chats.filter((chat) => chat.team !== event.data.team), event.data] }
    case 'chat.disconnected':
      return { ...state, chats: state.chats.filter((chat) => chat.team !== event.data.team) }
    case 'connector.registered': {
      const others = state.connectors.filter((each) => each.connector !== event.data.connector)
      return { ...state, connectors: [...others, event.data] }
    }
    case 'passkey.enrolled':
      return { ...state, passkeys: [...state.passkeys, passkeyOf(event.data, meta.at)] }
    case 'passkey.revoked': {
      const { credential_id } = event.data
      const passkeys = state.passkeys.map((each) =>
        each.credential_id === credential_id ? { ...each, revoked_at: meta.at } : each,
      )
      return { ...state, passkeys }
    }
    case 'record.exported':
    case 'export.cancelled':
    case 'export.retried':
    case 'export.fetched':
    case 'export.removed':
    case 'policy.denied':
      return state
  }
}

function passkeyOf({ flags, aaguid: _model, pem: _pem, ...key }: EnrolledPasskey, at: string): Passkey {
  return { ...key, synced: (flags & FLAGS.backupEligible) !== 0, enrolled_at: at, revoked_at: null }
}

function withoutAccount(state: Registry, id: string): Registry {
  const accounts = state.accounts.map((each) => (each.member === id ? { ...each, left: true } : each))
  return { ...state, accounts }
}

function withMember(state: Registry, id: string, change: (member: Member) => Partial<Member>): Registry {
  const members = state.members.map((member) =>
    member.id === id ? { ...member, ...change(member) } : member,
  )
  return { ...state, members }
}

export function isSame(one: ChatLink, other: ChatLink): boolean {
  return one.platform === other.platform && one.team === other.team && one.user === other.user
}
