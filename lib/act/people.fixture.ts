import {
  type Actor,
  identified,
  type NhiRole,
  type NonHuman,
  type Person,
  type PersonRole,
} from '../identity/actor'
import { type Colleague, type Facts, type MemberFact, type NhiFact, NOTHING_ERASING } from './facts'

// Halden Instruments: the sample organisation, as everywhere in the tests.

const ORG = 'org_halden'
export const START = '2026-03-02T08:00:00.000Z'
/** Everybody signed in a minute before the story starts. */
const auth = { acr: 'pwd', amr: ['pwd'], auth_time: Date.parse(START) / 1000 - 60 }
const everyone = { org: ORG, request: 'r-1', auth } as const

function person(id: string, name: string, ...roles: PersonRole[]): Person {
  return identified({ ...everyone, kind: 'human', via: 'web', id, name, roles })
}

function machine(id: string, owner: string | null, role: NhiRole): NonHuman {
  return identified({ ...everyone, kind: 'nhi', via: 'api', id, name: id, roles: [role], owner })
}

export const ada = person('usr_ada', 'Ada Okafor', 'analyst')
export const bruno = person('usr_bruno', 'Bruno Salas', 'analyst')
export const grace = person('usr_grace', 'Grace Lim', 'analyst')
export const chiara = person('usr_chiara', 'Chiara Lind', 'approver')
export const dev = person('usr_dev', 'Dev Raman', 'reporter')
export const ivo = person('usr_ivo', 'Ivo Petrov', 'reporter')
export const esther = person('usr_esther', 'Esther Nowak', 'auditor')
export const farid = person('usr_farid', 'Farid Haddad', 'admin')
export const hugo = person('usr_hugo', 'Hugo Brandt', 'reporter')
export const people: readonly Person[] = [ada, bruno, grace, chiara, dev, ivo, esther, farid, hugo]

export const assistant = machine('nhi_triage-assistant', 'usr_ada', 'agent')
export const alertbot = machine('nhi_alertbot', 'usr_farid', 'agent')
export const executor = machine('nhi_executor-postgres', 'usr_ivo', 'executor')
export const worker: Actor = identified({ ...everyone, kind: 'system', via: 'job', id: 'system' })

/** The same person with other roles. */
export function as(one: Person, ...roles: PersonRole[]): Person {
  return { ...one, roles }
}

/** Somebody who signed in this many minutes before the story started. */
export function signedIn<Who extends Actor>(one: Who, minutesBefore: number): Who {
  return { ...one, auth: { ...one.auth, auth_time: Date.parse(START) / 1000 - 60 * minutesBefore } }
}

const identities: readonly NhiFact[] = [
  nhi('nhi_executor-postgres', { kind: 'executor', owner: 'usr_ivo' }),
  nhi('nhi_triage-assistant', { kind: 'ai-agent', owner: 'usr_ada', system: 'on-record' }),
  nhi('nhi_alertbot', { kind: 'bot', owner: 'usr_farid', system: 'on-record' }),
  nhi('nhi_svc-orders', { account: 'svc_orders', privilege: 'write' }),
  nhi('nhi_svc-reports', { account: 'svc_reports', privilege: 'read' }),
  nhi('nhi_orders-admin', { account: 'orders_admin', privilege: 'admin', backup_owner: 'usr_grace' }),
  nhi('nhi_orders-root', { account: 'postgres', privilege: 'tier-0', backup_owner: 'usr_grace' }),
]

export function nhi(id: string, changes: Partial<NhiFact> = {}): NhiFact {
  const name = id.slice('nhi_'.length)
  return {
    ...{ id, name, kind: 'service-account', system: 'orders', account: name, environment: 'production' },
    ...{ privilege: 'write', owner: 'usr_dev', backup_owner: null, disabled: false },
    ...changes,
  }
}

export const FINGERPRINT = 'f'.repeat(64)
export const CONNECTOR = 'https://connector.halden.example/postgres/orders'

const TEAMS: Readonly<Record<string, string>> = {
  usr_ada: 'Security operations',
  usr_bruno: 'Security operations',
  usr_grace: 'Security operations',
  usr_chiara: 'Risk',
  usr_farid: 'IT',
}

/** What the organisation's registries hold when a story starts: all members, the identities, one connector. */
export const FACTS: Facts = {
  members: Object.fromEntries(people.map((each) => [each.id, member(each)])),
  nhis: Object.fromEntries(identities.map((each) => [each.id, each])),
  connectors: [
    {
      connector: CONNECTOR,
      kind: 'postgres',
      executor: executor.id,
      system: 'orders',
      environment: 'production',
    },
  ],
  duplicate: null,
  number: 1001,
  sealed: 1_000_000,
  witnessed: null,
  matches: { [FINGERPRINT]: 'nhi_svc-orders' },
  seen: null,
  passkey: null,
  ...NOTHING_ERASING,
  colleagues: people.filter(({ id }) => id in TEAMS).map(colleague),
}

/** As the database finds them for a case of Ada's: her team, the approver, the administrator, and Grace, who stands in for Dev. */
function colleague(one: Person): Colleague {
  return { ...member(one), team: TEAMS[one.id] ?? null }
}

function member({ id, name, roles }: Person): MemberFact {
  return { id, name, roles, active: true }
}

/** Facts with one member changed, e.g. offboarded. */
export function withMember(facts: Facts, id: string, changes: Partial<MemberFact>): Facts {
  const before = facts.members[id]
  return before ? { ...facts, members: { ...facts.members, [id]: { ...before, ...changes } } } : facts
}

/** Facts with one non-human identity changed, e.g. disabled. */
export function withNhi(facts: Facts, id: string, changes: Partial<NhiFact>): Facts {
  return { ...facts, nhis: { ...facts.nhis, [id]: { ...(facts.nhis[id] ?? nhi(id)), ...changes } } }
}
