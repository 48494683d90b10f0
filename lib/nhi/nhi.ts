import type { EventMeta } from '../act/stream'
import { dayOf, daysAfter } from './day'
import { type NhiEvent, type NhiProfile, PRIVILEGES, type Privilege } from './event'

export type Credential = {
  credential: string
  kind: string
  /** Keyed; the secret itself is never here. */
  fingerprint: string
  label: string
  expires_on: string | null
  retired: boolean
}

export type EnrolledKey = { kid: string; use: 'sig' | 'enc'; jwk: Record<string, string>; revoked: boolean }

/** The state of one non-human identity: the fold of its stream. Plain JSON. */
export type Nhi = {
  id: string
  profile: NhiProfile
  credentials: Credential[]
  keys: EnrolledKey[]
  disabled: boolean
  registered_on: string
  next_review_on: string
  review: { outcome: 'keep' | 'reduce' | 'remove'; note: string; on: string } | null
  /** A review found its privilege too high, and it has not been lowered since. */
  reduce_due: boolean
  /** The case whose action rotated its password last. */
  rotated_in: string | null
  /** Ids whose facts every later command on this identity may need. */
  people: string[]
  nhis: string[]
}

export const NO_NHI: Nhi = {
  id: '',
  profile: {
    name: '',
    kind: 'service-account',
    system: '',
    account: '',
    environment: 'production',
    privilege: 'tier-0',
    reach: '',
    criticality: 'tier-0',
    domain: '',
    purpose: '',
    owner: null,
    backup_owner: null,
    created_on: null,
    last_used_on: null,
    last_rotated_on: null,
    expires_on: null,
    review_days: 90,
  },
  credentials: [],
  keys: [],
  disabled: false,
  registered_on: '',
  next_review_on: '',
  review: null,
  reduce_due: false,
  rotated_in: null,
  people: [],
  nhis: [],
}

export function exists(state: Nhi): boolean {
  return state.id !== ''
}

/** Folds one event into the identity. Exhaustive: a new event doesn't compile until it is dealt with here. */
export function evolve(state: Nhi, event: NhiEvent, meta: EventMeta): Nhi {
  switch (event.type) {
    case 'nhi.registered': {
      const on = dayOf(meta.at)
      const next_review_on = daysAfter(on, event.data.review_days)
      return withProfile({ ...NO_NHI, id: meta.stream, registered_on: on, next_review_on }, event.data)
    }
    case 'nhi.described':
      return withProfile(
        { ...state, reduce_due: state.reduce_due && !lowers(state, event.data.privilege) },
        event.data,
      )
    case 'owner.changed':
      return withProfile(state, { owner: event.data.to, backup_owner: event.data.backup })
    case 'credential.registered':
      return { ...state, credentials: [...state.credentials, { ...event.data, retired: false }] }
    case 'credential.retired': {
      const { credential } = event.data
      const retire = (each: Credential) =>
        each.credential === credential ? { ...each, retired: true } : each
      return { ...state, credentials: state.credentials.map(retire) }
    }
    case 'key.enrolled': {
      const others = state.keys.filter((key) => key.kid !== event.data.kid || key.use !== event.data.use)
      return { ...state, keys: [...others, { ...event.data, revoked: false }] }
    }
    case 'key.revoked': {
      const revoke = (key: EnrolledKey) => (key.kid === event.data.kid ? { ...key, revoked: true } : key)
      return { ...state, keys: state.keys.map(revoke) }
    }
    case 'nhi.used':
      return withProfile(state, { last_used_on: event.data.on })
    case 'nhi.rotated':
      return withProfile({ ...state, rotated_in: event.data.case }, { last_rotated_on: event.data.on })
    case 'nhi.reviewed': {
      const { outcome, note, next } = event.data
      const review = { outcome, note, on: dayOf(meta.at) }
      return { ...state, review, next_review_on: next, reduce_due: outcome === 'reduce' }
    }
    case 'nhi.disabled':
      return { ...state, disabled: true }
    case 'nhi.enabled':
      return { ...state, disabled: false }
    case 'policy.denied':
      return state
  }
}

function lowers({ profile }: Nhi, privilege: Privilege | undefined): boolean {
  return privilege !== undefined && PRIVILEGES.indexOf(privilege) < PRIVILEGES.indexOf(profile.privilege)
}

function withProfile(state: Nhi, changes: Partial<NhiProfile>): Nhi {
  const profile = { ...state.profile, ...changes }
  const people = [profile.owner, profile.backup_owner].filter((id) => id !== null)
  return { ...state, profile, people: [...new Set(people)] }
}
