import { describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import { bundleDigest } from './bundle'
import { type Engine, engine } from './engine'
import { ada, ask, chiara, dev, policies, question, rule, texts, withFile } from './policies.fixture'
import { refusalOf } from './refusal'

const comment = question(ada, 'addComment')

describe('a policy set', () => {
  it('answers with its digest, the decision id and the rules that determined it', () => {
    expect(ask(ada, 'addComment')).toEqual({
      permitted: true,
      rules: ['reporters.contribute'],
      reasons: [],
      bundle: policies.bundle,
      decision_id: 'dec_1',
    })
    expect(policies.bundle).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
  it('C11 has another digest when a text changes by one byte, a comment included', () => {
    expect(bundleDigest(texts)).toBe(policies.bundle)
    expect(bundleDigest(withFile('trust.cedar', `${texts.files['trust.cedar']}\n`))).not.toBe(policies.bundle)
  })
  it('C11 two sets never take each other’s place', () => {
    const strict = loadPolicies(
      withFile('extra.cedar', rule('extra.nothing', 'forbid(principal, action, resource);')),
    )
    expect(policies.authorize(comment, 'd').permitted).toBe(true)
    expect(strict.authorize(comment, 'd')).toMatchObject({ permitted: false, rules: ['extra.nothing'] })
    expect(policies.authorize(comment, 'd').permitted).toBe(true)
  })
})

describe('an engine in trouble', () => {
  it('C11 denies when a rule fails at run time, although the engine skips it and says allow', () => {
    const body = 'forbid(principal, action, resource) when { context.session_age + 9223372036854775807 < 0 };'
    const broken = loadPolicies(withFile('extra.cedar', rule('extra.overflow', body)))
    expect(broken.authorize(comment, 'd')).toMatchObject({
      permitted: false,
      rules: ['extra.overflow'],
      reasons: ["The rule extra.overflow can't be judged, so nothing is permitted."],
    })
  })
  let answer: Engine['statefulIsAuthorized'] = engine.statefulIsAuthorized
  const moody = loadPolicies(texts, { ...engine, statefulIsAuthorized: (call) => answer(call) })
  const breaking = (broken: Engine['statefulIsAuthorized']) => {
    answer = broken
    return moody.authorize(comment, 'd')
  }

  it('C11 denies everything when the engine throws', () => {
    const decision = breaking(() => {
      throw new Error('unreachable executed')
    })
    expect(decision).toMatchObject({ permitted: false, rules: ['engine.failed'] })
    expect(refusalOf(decision).code).toBe('unavailable')
  })
  it('C11 denies everything when the engine answers with a failure', () => {
    const decision = breaking(() => ({ type: 'failure', errors: [], warnings: [] }))
    expect(decision).toMatchObject({ permitted: false, rules: ['engine.failed'] })
  })
  it('C11 denies a question that is not of the agreed shape', () => {
    const odd = question(ada, 'addComment', { context: { session_age: 1.5 } })
    expect(policies.authorize(odd, 'd')).toMatchObject({ permitted: false, rules: ['engine.failed'] })
  })
})

describe('a refusal', () => {
  it('carries the sentences and the ids of the rules', () => {
    expect(
      refusalOf(ask(chiara, 'approveAction', { request: { requester_accountable: 'usr_chiara' } })),
    ).toMatchObject({
      code: 'separation_of_duties',
      sentence: 'Who asked for an action does not decide on it.',
      rules: ['separation.approver-asked'],
    })
  })
  it('tells apart what signing in again would change', () => {
    const stale = { context: { session_age: 9_000 } }
    expect(refusalOf(ask(chiara, 'approveAction', stale)).code).toBe('assurance_required')
    expect(refusalOf(ask(dev, 'closeCase', stale)).code).toBe('forbidden')
    expect(refusalOf(ask(chiara, 'approveAction', { request: null })).code).toBe('not_found')
  })
})
