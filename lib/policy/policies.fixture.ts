import { readdirSync, readFileSync } from 'node:fs'
import type { StreamKind } from '../act/spec'
import { type Actor, identified, type NhiRole, type PersonRole, type Via } from '../identity/actor'
import { nhiCommands } from '../nhi/command'
import { registryCommands } from '../registry/command'
import { loadPolicies } from './authorize'
import { type PolicyTexts, SCHEMA_FILE } from './bundle'
import type { Decision, Question } from './question'

// Halden Instruments: the sample organisation's people, as everywhere in the tests.
const folder = new URL('../../policies/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

export const texts: PolicyTexts = {
  schema: read(SCHEMA_FILE),
  files: Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name !== SCHEMA_FILE)
      .map((name) => [name, read(name)]),
  ),
}

export const policies = loadPolicies(texts)

/** The policy set with one more file, or another text of one. */
export const withFile = (name: string, text: string): PolicyTexts => ({
  ...texts,
  files: { ...texts.files, [name]: text },
})
export const rule = (id: string, body: string) => `@id("${id}")\n@reason("A sentence.")\n${body}\n`

const ORG = 'org_halden'
const everyone = {
  org: ORG,
  via: 'web' as Via,
  request: 'r-1',
  auth: { acr: 'pwd', amr: ['pwd'], auth_time: 0 },
}

export function person(id: string, name: string, ...roles: PersonRole[]): Actor {
  return identified({ ...everyone, kind: 'human', id, name, roles })
}

export function machine(id: string, owner: string | null, ...roles: NhiRole[]): Actor {
  return identified({ ...everyone, via: 'api', kind: 'nhi', id, name: id, roles, owner })
}

export const ada = person('usr_ada', 'Ada Okafor', 'analyst')
export const bruno = person('usr_bruno', 'Bruno Salas', 'analyst')
export const chiara = person('usr_chiara', 'Chiara Lind', 'approver')
export const dev = person('usr_dev', 'Dev Raman', 'reporter')
export const ivo = person('usr_ivo', 'Ivo Petrov', 'reporter')
export const esther = person('usr_esther', 'Esther Nowak', 'auditor')
export const farid = person('usr_farid', 'Farid Haddad', 'admin')
export const hugo = person('usr_hugo', 'Hugo Brandt', 'reporter')
export const assistant = machine('nhi_triage-assistant', 'usr_ada', 'agent')
export const executor = machine('nhi_executor-postgres', 'usr_ivo', 'executor')
export const worker: Actor = identified({ ...everyone, via: 'job', kind: 'system', id: 'system' })

/** Whoever operates the installation, at its own console. */
export const operator: Actor = identified({ ...everyone, via: 'job', kind: 'system', id: 'sys_console' })

export function through(actor: Actor, via: Via): Actor {
  return { ...actor, via }
}

/** What a command carries that is signed with this person's passkey. */
export function passkeyOf(actor: Actor, revoked = false) {
  return { passkey: { owner: actor.id, revoked } }
}

type Change = NonNullable<Question['context']['request']>

/** Ada asked for svc_orders' password to be rotated; Dev owns it; Ivo owns the executor. */
export const rotation: Change = {
  kind: 'postgres.rotate-password',
  tier: 'medium',
  environment: 'production',
  requester: 'usr_ada',
  requester_accountable: 'usr_ada',
  executor: 'nhi_executor-postgres',
  executor_owner: 'usr_ivo',
  target_owner: 'usr_dev',
  approvals: 0,
}

type Changes = {
  resource?: Partial<Question['resource']>
  context?: Partial<Question['context']>
  request?: Partial<Change> | null
  behalf?: Question['behalf']
}

/** A leaked secret of severity medium, promoted by Hugo and assigned to Ada, who signed in a minute ago. */
export function question(actor: Actor, command: string, changes: Changes = {}): Question {
  const { context, request = {}, behalf } = changes
  const resource = { ...resourceOf(command), ...changes.resource }
  return {
    actor,
    command,
    resource,
    context: {
      now: '2026-03-02T09:00:00.000Z',
      session_age: 60,
      ...context,
      ...(request && resource.kind === 'case' ? { request: { ...rotation, ...request } } : {}),
    },
    ...(behalf ? { behalf } : {}),
  }
}

function resourceOf(command: string): Question['resource'] {
  const kind = kindOf(command)
  const id = kind === 'nhi' ? 'nhi_svc-orders' : kind === 'registry' ? ORG : 'case_leak'
  const owned = { kind, id, org: ORG, owners: kind === 'registry' ? [] : ['usr_dev'] }
  if (kind !== 'case') return owned
  return {
    ...owned,
    ...{ stage: 'act', severity: 'medium', lane: 'full', trust: 'platform-verified' },
    ...{ assignee: 'usr_ada', promoter: 'usr_hugo' },
  }
}

export const READS: Readonly<Record<string, StreamKind>> = {
  viewCase: 'case',
  viewSealedSecret: 'case',
  viewAnswers: 'case',
  replayCase: 'case',
  hearChanges: 'case',
  viewNhi: 'nhi',
  viewSettings: 'registry',
  viewHistory: 'registry',
  viewExports: 'registry',
}

function kindOf(command: string): StreamKind {
  if (command in nhiCommands) return 'nhi'
  return command in registryCommands ? 'registry' : (READS[command] ?? 'case')
}

export function ask(actor: Actor, command: string, changes: Changes = {}): Decision {
  return policies.authorize(question(actor, command, changes), 'dec_1')
}

/** The rules that refused, and none when it was permitted. */
export function refused(decision: Decision): readonly string[] {
  return decision.permitted ? [] : decision.rules
}
