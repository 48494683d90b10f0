import { type Facts, type NhiFact, NOTHING_ERASING } from '../act/facts'
import { isRefusal, type Refusal } from '../act/refusal'
import { type Actor, identified, type PersonRole } from '../identity/actor'
import { type RegistryCommand, registryCommands } from './command'
import { decide } from './decide'
import type { RegistryEvent } from './event'
import { evolve, NO_REGISTRY, type Registry } from './registry'

const everyone = { org: 'org_halden', request: 'r-1', auth: { acr: 'pwd', amr: ['pwd'], auth_time: 0 } }

function person(id: string, name: string, ...roles: PersonRole[]): Actor {
  return identified({ ...everyone, kind: 'human', via: 'web', id, name, roles })
}

export const farid = person('usr_farid', 'Farid Haddad', 'admin')
export const ada = person('usr_ada', 'Ada Okafor', 'analyst')
export const hugo = person('usr_hugo', 'Hugo Brandt', 'reporter')
export const system: Actor = identified({ ...everyone, kind: 'system', via: 'job', id: 'system' })

export const executor: NhiFact = {
  ...{ id: 'nhi_executor-postgres', name: 'PostgreSQL executor', kind: 'executor', system: 'orders' },
  ...{ account: 'onrecord', environment: 'production', privilege: 'admin' },
  ...{ owner: 'usr_ivo', backup_owner: null, disabled: false },
}

export function factsWith(...nhis: NhiFact[]): Facts {
  const none = {
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
  return { ...none, members: {}, nhis: Object.fromEntries(nhis.map((nhi) => [nhi.id, nhi])) }
}

const add = (id: string, name: string, ...roles: PersonRole[]): Step => [
  'addMember',
  { member: `usr_${id}`, name, email: `${id}@halden.example`, roles },
  system,
]

/** Halden Instruments with four of its people; Farid is its only administrator. */
export const HALDEN: readonly Step[] = [
  ['foundOrganisation', { name: 'Halden Instruments', origin: 'record.halden.example' }, system],
  add('farid', 'Farid Haddad', 'admin'),
  add('ada', 'Ada Okafor', 'analyst'),
  add('ivo', 'Ivo Petrov', 'reporter'),
  add('hugo', 'Hugo Brandt', 'reporter'),
]

export type Step = readonly [command: RegistryCommand['command'], input: unknown, actor?: Actor]

/** What the last step led to, after the others, which must all be permitted; `before`: on what was so already. */
export function given(steps: readonly Step[], facts: Facts = factsWith(executor), before = NO_REGISTRY) {
  let state = before
  let outcome: readonly RegistryEvent[] | Refusal = []
  for (const [index, [name, input, actor = farid]] of steps.entries()) {
    if (isRefusal(outcome)) throw new Error(`step ${index} was refused: ${outcome.sentence}`)
    outcome = decided(state, name, input, actor, facts)
    if (!isRefusal(outcome)) state = fold(state, outcome, actor)
  }
  return {
    state,
    outcome,
    events: isRefusal(outcome) ? [] : outcome,
    refusal: isRefusal(outcome) ? outcome : null,
  }
}

export const NOW = '2026-03-02T09:00:00.000Z'

function decided(
  state: Registry,
  name: RegistryCommand['command'],
  input: unknown,
  actor: Actor,
  facts: Facts,
) {
  const command = { command: name, input: registryCommands[name].input.parse(input) } as RegistryCommand
  const rest = { head: null, origin: 'https://record.example', bundle: 'sha256:00' }
  const newId = (prefix: string) => `${prefix}_new`
  return decide(state, { actor, stream: 'org_halden', command, now: NOW, newId, facts, ...rest })
}

function fold(state: Registry, events: readonly RegistryEvent[], { id, kind }: Actor): Registry {
  const meta = { stream: 'org_halden', seq: 0, at: NOW, actor: { id, kind } }
  return events.reduce((before, event) => evolve(before, event, meta), state)
}

/** Everything that a command's parser says against an input, by path. */
export function complaints(command: RegistryCommand['command'], input: unknown): string[] {
  const parsed = registryCommands[command].input.safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': '))
}
