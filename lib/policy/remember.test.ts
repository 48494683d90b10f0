import { beforeEach, describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import { type EngineCall, engine } from './engine'
import { ada, hugo, question, texts } from './policies.fixture'

/** What an engine that counts was asked. The set is loaded once, so each test asks about a command of its own. */
const asked: EngineCall[] = []
const policies = loadPolicies(texts, {
  ...engine,
  statefulIsAuthorized: (call: EngineCall) => {
    asked.push(call)
    return engine.statefulIsAuthorized(call)
  },
})
beforeEach(() => void asked.splice(0))

describe('a decision that was made before', () => {
  it('is given again without asking the engine, under an id of its own', () => {
    const [first, second] = ['dec_1', 'dec_2'].map((id) => policies.authorize(question(ada, 'linkNhi'), id))
    expect(asked).toHaveLength(1)
    expect(second).toEqual({ ...first, decision_id: 'dec_2' })
  })

  it('is the same for another case of the same kind, at another time', () => {
    policies.authorize(question(ada, 'setSeverity'), 'd')
    const later = { now: '2026-03-02T10:00:00.000Z', session_age: 3_660 }
    policies.authorize(question(ada, 'setSeverity', { resource: { id: 'case_other' }, context: later }), 'd')
    expect(asked).toHaveLength(1)
  })

  it('C14 is made anew for another person, another role, another state of the case', () => {
    const other = [
      question(ada, 'addComment'),
      question(hugo, 'addComment'),
      question({ ...ada, roles: ['auditor'] } as typeof ada, 'addComment'),
      question(ada, 'addComment', { resource: { stage: 'closed' } }),
      question(ada, 'addComment', { resource: { org: 'org_other' } }),
      question(ada, 'advanceCase'),
    ]
    for (const each of other) policies.authorize(each, 'd')
    expect(asked).toHaveLength(other.length)
  })

  it('is made anew for a thing of another kind, of which no more is known', () => {
    const bare = { stage: undefined, severity: undefined, lane: undefined, trust: undefined }
    const about = (kind: 'case' | 'registry') =>
      question(ada, 'viewCase', {
        resource: { ...bare, assignee: undefined, promoter: undefined, kind, id: 'one' },
        request: null,
      })
    expect(policies.authorize(about('case'), 'd').permitted).toBe(true)
    expect(policies.authorize(about('registry'), 'd').permitted).toBe(false)
  })

  it('C08 is made anew as a sign-in grows older, where a rule looks at that', () => {
    for (const session_age of [60, 61])
      policies.authorize(question(ada, 'approveAction', { context: { session_age } }), 'd')
    expect(asked.length).toBeGreaterThanOrEqual(2)
  })

  it('is made anew for each case where a rule names one', () => {
    const rule = `// Not this one.
@id("readers.not-this-one")
@reason("Not this one.")
forbid (principal, action == Action::"addComment", resource == Case::"case_leak");`
    const files = { ...texts.files, 'readers.cedar': `${texts.files['readers.cedar']}\n${rule}` }
    const policies = loadPolicies({ ...texts, files })
    expect(
      policies.authorize(question(ada, 'addComment', { resource: { id: 'case_other' } }), 'd').permitted,
    ).toBe(true)
    expect(policies.authorize(question(ada, 'addComment'), 'd').permitted).toBe(false)
  })
})
