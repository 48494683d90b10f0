import { describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import { bundleDigest, type PolicyTexts } from './bundle'
import { type Engine, engine } from './engine'
import { ada, ask, chiara, dev, policies, question, texts } from './policies.fixture'
import { refusalOf } from './refusal'

const withFile = (name: string, text: string): PolicyTexts => ({
  ...texts,
  files: { ...texts.files, [name]: text },
})
const rule = (id: string, body: string) => `@id("${id}")\n@reason("A sentence.")\n${body}\n`
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

describe('loading refuses', () => {
  const loading = (set: PolicyTexts) => () => loadPolicies(set)

  it('a rule that the schema contradicts, which the engine calls a success', () => {
    const body = 'permit(principal, action, resource) when { principal.shoe_size > 40 };'
    expect(loading(withFile('extra.cedar', rule('extra.typo', body)))).toThrow(
      /extra\.typo doesn't fit the schema/,
    )
  })
  it('a role that nobody can have', () => {
    const body = 'permit(principal in Role::"analist", action, resource);'
    expect(loading(withFile('extra.cedar', rule('extra.role', body)))).toThrow(
      /extra\.role doesn't fit the schema/,
    )
  })
  it('a rule without a name, under a name of another file, or without a sentence', () => {
    const body = 'permit(principal, action, resource);'
    expect(loading(withFile('extra.cedar', body))).toThrow(/has the id ""/)
    expect(loading(withFile('extra.cedar', rule('other.name', body)))).toThrow(/has the id "other.name"/)
    expect(loading(withFile('extra.cedar', `@id("extra.mute") ${body}`))).toThrow(
      /extra.mute needs a sentence/,
    )
  })
  it('two rules of one name', () => {
    const body = rule('extra.twice', 'forbid(principal, action, resource);')
    expect(loading(withFile('extra.cedar', body + body))).toThrow('Two rules are called extra.twice.')
  })
  it('text that is no policy, and a template', () => {
    expect(loading(withFile('extra.cedar', 'allow everyone'))).toThrow(/extra.cedar can't be read/)
    const template = rule('extra.slot', 'permit(principal == ?principal, action, resource);')
    expect(loading(withFile('extra.cedar', template))).toThrow(/template/)
  })
  it('a schema that is none', () => {
    expect(loading({ ...texts, schema: 'entity' })).toThrow(/The schema can't be read/)
  })
  it('C03 a set without its risk table, or with one that asks nobody', () => {
    const { 'risk-tiers.json': table = '', ...files } = texts.files
    expect(loading({ ...texts, files })).toThrow(/lacks risk-tiers.json/)
    const silent = table.replace('"approvals": 1', '"approvals": 0')
    expect(loading(withFile('risk-tiers.json', silent))).toThrow(/"low" changes something and asks nobody/)
  })
  it('a risk table that is not the one in force', () => {
    const other = (texts.files['risk-tiers.json'] ?? '').replace('"version": 1', '"version": 2')
    expect(loading(withFile('risk-tiers.json', other))).toThrow(/not the table that this build decides with/)
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
