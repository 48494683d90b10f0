import { type Facts, type MemberFact, NOTHING_ERASING } from '../act/facts'
import { isRefusal, type Refusal } from '../act/refusal'
import { type Actor, identified, type PersonRole } from '../identity/actor'
import { type NhiCommand, nhiCommands } from './command'
import { decide } from './decide'
import type { NhiEvent } from './event'
import { evolve, type Nhi, NO_NHI } from './nhi'

const everyone = { org: 'org_halden', request: 'r-1', auth: { acr: 'pwd', amr: ['pwd'], auth_time: 0 } }

function person(id: string, name: string, ...roles: PersonRole[]): Actor {
  return identified({ ...everyone, kind: 'human', via: 'web', id, name, roles })
}

export const ada = person('usr_ada', 'Ada Okafor', 'analyst')
export const dev = person('usr_dev', 'Dev Raman', 'reporter')
export const ivo = person('usr_ivo', 'Ivo Petrov', 'reporter')
export const farid = person('usr_farid', 'Farid Haddad', 'admin')
export const worker: Actor = identified({ ...everyone, kind: 'system', via: 'job', id: 'system' })

const member = (id: string, name: string, active = true): MemberFact => ({
  id,
  name,
  roles: ['reporter'],
  active,
})
export const facts: Facts = {
  members: {
    usr_dev: member('usr_dev', 'Dev Raman'),
    usr_ivo: member('usr_ivo', 'Ivo Petrov'),
    usr_farid: member('usr_farid', 'Farid Haddad'),
    usr_hugo: member('usr_hugo', 'Hugo Brandt', false),
  },
  nhis: {},
  connectors: [],
  duplicate: null,
  number: null,
  sealed: 0,
  witnessed: null,
  matches: {},
  seen: null,
  passkey: null,
  ...NOTHING_ERASING,
}

export const NOW = '2026-03-02T09:00:00.000Z'

export const orders = {
  ...{ name: 'Orders service', kind: 'service-account', system: 'orders', account: 'svc_orders' },
  ...{
    environment: 'production',
    privilege: 'write',
    reach: 'All orders and their customers.',
    criticality: 'high',
  },
  ...{ domain: 'sales', purpose: 'The orders service reads and writes orders with it.' },
  ...{ owner: 'usr_dev', backup_owner: 'usr_ivo', created_on: '2025-12-01', last_used_on: '2026-03-01' },
} as const

export const postgres = {
  ...orders,
  ...{
    name: 'PostgreSQL executor',
    kind: 'executor',
    account: 'onrecord',
    owner: 'usr_ivo',
    backup_owner: null,
  },
} as const

type Step = readonly [command: NhiCommand['command'], input: unknown, actor?: Actor]

/** What the last step led to, after the others, which must all be permitted. */
export function given(steps: readonly Step[], known: Facts = facts) {
  let state: Nhi = NO_NHI
  let outcome: readonly NhiEvent[] | Refusal = []
  for (const [index, [command, input, actor = farid]] of steps.entries()) {
    if (isRefusal(outcome)) throw new Error(`step ${index} was refused: ${outcome.sentence}`)
    outcome = decided(state, command, input, actor, known, `${index}`)
    if (!isRefusal(outcome)) state = fold(state, outcome, actor)
  }
  return {
    state,
    outcome,
    events: isRefusal(outcome) ? [] : outcome,
    refusal: isRefusal(outcome) ? outcome : null,
  }
}

function decided(
  state: Nhi,
  name: NhiCommand['command'],
  input: unknown,
  actor: Actor,
  known: Facts,
  id: string,
) {
  const command = { command: name, input: nhiCommands[name].input.parse(input) } as NhiCommand
  const newId = (prefix: string) => `${prefix}_${id}`
  const rest = { head: null, origin: 'https://record.example', bundle: 'sha256:00' }
  return decide(state, { actor, stream: 'nhi_svc-orders', command, now: NOW, newId, facts: known, ...rest })
}

function fold(state: Nhi, events: readonly NhiEvent[], { id, kind }: Actor): Nhi {
  const meta = { stream: 'nhi_svc-orders', seq: 0, at: NOW, actor: { id, kind } }
  return events.reduce((before, event) => evolve(before, event, meta), state)
}

/** Everything that a command's parser says against an input, by path. */
export function complaints(command: NhiCommand['command'], input: unknown): string[] {
  const parsed = nhiCommands[command].input.safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '))
}
