import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, identified } from '../identity/actor'
import { loadPolicies } from './authorize'
import type { PolicyTexts } from './bundle'
import { cedarCall } from './cedar-call'
import { engine } from './engine'
import { person, rule, texts, withFile } from './policies.fixture'
import type { Question } from './question'

const PEOPLE = ['usr_ada', 'usr_bruno', 'usr_dev']
const anyone = fc.constantFrom(...PEOPLE)
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })

const roles = fc.subarray(['reporter', 'analyst', 'approver', 'auditor', 'admin'] as const, { maxLength: 2 })
const common = { auth: { acr: 'pwd', amr: ['pwd'], auth_time: 0 }, request: 'r-1' }
const org = fc.constantFrom('org_halden', 'org_halden', 'org_other')
const actors: fc.Arbitrary<Actor> = fc.oneof(
  fc
    .record({ id: anyone, roles, via: fc.constantFrom('web', 'web', 'slack', 'mcp'), org })
    .map((given) => ({ ...person(given.id, given.id, ...given.roles), via: given.via, org: given.org })),
  fc
    .record({ owner: fc.option(anyone), roles: fc.subarray(['agent', 'executor'] as const), org })
    .map((given) => identified({ ...common, ...given, kind: 'nhi', id: 'nhi_one', name: 'one', via: 'api' })),
  fc
    .constantFrom('system', 'sys_console')
    .map((id) => identified({ ...common, org: 'org_halden', kind: 'system', id, via: 'job' })),
)

const resources: fc.Arbitrary<Question['resource']> = fc.record({
  kind: fc.constantFrom('case', 'case', 'nhi', 'registry'),
  id: fc.constantFrom('case_a', 'case_b'),
  org,
  owners: fc.subarray(PEOPLE, { maxLength: 2 }),
  stage: perhaps(fc.constantFrom('act', 'closed')),
  severity: perhaps(fc.constantFrom('informational', 'medium', 'high')),
  lane: perhaps(fc.constantFrom('light', 'full')),
  trust: perhaps(fc.constantFrom('typed', 'vouched')),
  assignee: perhaps(anyone),
  promoter: perhaps(anyone),
}) as fc.Arbitrary<Question['resource']>

const requests = fc.record({
  kind: fc.constantFrom('postgres.rotate-password', 'postgres.grant-role'),
  tier: fc.constantFrom('low', 'medium', 'high', 'critical'),
  environment: fc.constant('production'),
  requester: fc.constantFrom('usr_ada', 'nhi_one'),
  requester_accountable: perhaps(anyone),
  executor: fc.constantFrom('nhi_one', 'nhi_two'),
  executor_owner: anyone,
  target_owner: perhaps(anyone),
  target_backup_owner: perhaps(anyone),
  starter: perhaps(anyone),
  invoker: perhaps(anyone),
  approvals: fc.constantFrom(0, 1),
  approvers: fc.subarray(PEOPLE, { maxLength: 1 }),
})

const contexts = fc.record({
  now: fc.constantFrom('2026-03-02T09:00:00.000Z', '2026-03-02T21:00:00.000Z'),
  session_age: fc.constantFrom(-1, 0, 60, 300, 301, 900, 901, 3_600, 1.5),
  proposer: perhaps(anyone),
  passkey: perhaps(fc.record({ owner: anyone, revoked: fc.boolean() })),
  request: perhaps(requests),
}) as fc.Arbitrary<Question['context']>

/** What changes of the thing that is asked about; its kind more often, since a rule says that in another place. */
const CHANGED = (
  ['kind', 'kind', 'kind', 'id', 'org', 'owners', 'stage', 'lane', 'trust', 'assignee'] as const
).map((name) => [name])

/** Two questions that differ in little: what the second is answered must not be the first's answer by mistake. */
const pairs = (commands: readonly string[]) =>
  fc
    .record({
      first: fc.record({
        actor: actors,
        command: fc.constantFrom(...commands),
        resource: resources,
        context: contexts,
      }),
      other: fc.record({ actor: actors, resource: resources, context: contexts }),
      parts: fc.record({
        resource: fc.constantFrom<(keyof Question['resource'])[]>([], ...CHANGED),
        context: fc.subarray(['now', 'session_age', 'proposer', 'passkey', 'request'] as const, {
          maxLength: 1,
        }),
        actor: fc.boolean(),
      }),
    })
    .map(({ first, other, parts }) => {
      const second = {
        ...first,
        actor: parts.actor ? other.actor : first.actor,
        resource: { ...first.resource, ...pick(other.resource, parts.resource) },
        context: { ...first.context, ...pick(other.context, parts.context) },
      }
      return [first, second] as const
    })

function pick<T extends object>(from: T, names: readonly (keyof T)[]): Partial<T> {
  const picked: Partial<T> = {}
  for (const name of names) picked[name] = from[name]
  return picked
}

/** The engine's own answer, made for this question alone. */
function asked(question: Question, { bundle, risk }: ReturnType<typeof loadPolicies>): boolean {
  const answer = engine.statefulIsAuthorized(cedarCall(question, bundle, risk))
  return (
    answer.type === 'success' &&
    answer.response.diagnostics.errors.length === 0 &&
    answer.response.decision === 'allow'
  )
}

function compare(set: PolicyTexts, commands: readonly string[] | null, numRuns: number) {
  const policies = loadPolicies(set)
  fc.assert(
    fc.property(pairs(commands ?? [...policies.commands]), (both) => {
      for (const question of both)
        expect(policies.authorize(question, 'd').permitted).toBe(asked(question, policies))
    }),
    { numRuns },
  )
}

const ODD = [
  'when { context.session_age > 100 }',
  'when { context // as a whole\n . session_age > 100 }',
  'when { context["session_age"] > 100 }',
  'when { context.now like "*T21:*" }',
  'when { {a: context}.a.now like "*T21:*" }',
  'when { (if principal.via == "web" then context else context).session_age > 100 }',
  'when { context has proposer && context.proposer == principal.subject }',
  'when { resource == Case::"case_a" }',
  'when { resource is Case && resource.owners.contains("usr_ada") }',
  'when { resource is Nhi }',
  'when { principal == Person::"usr_ada" }',
  'when { principal in Role::"admin" && resource in Case :: "case_b" }',
]

describe('an answer that is remembered', () => {
  it('is the one that the engine would give now, whatever else was asked before', () => {
    compare(texts, null, 4_000)
  })

  it.each(ODD)('is the engine’s where a rule says %j', (condition) => {
    const forbid = `forbid (principal, action == Action::"viewHistory", resource) ${condition};`
    const open = rule('odd.open', 'permit (principal is Person, action == Action::"viewHistory", resource);')
    compare(withFile('odd.cedar', `${open}\n${rule('odd.rule', forbid)}`), ['viewHistory'], 150)
  })
})
