import { describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import { bundleBytes, bundleDigest, type PolicyTexts, RISK_FILE, textsOf } from './bundle'
import { ada, ask, chiara, question, texts } from './policies.fixture'

/** A set of another time: its schema knows neither who promoted a case nor who let an action start, and its table asks for less. */
const past: PolicyTexts = {
  schema: texts.schema.replace(/^ {2}promoter\?: String,\n/m, '').replace(/^ {2}starter\?: String,\n/m, ''),
  files: {
    [RISK_FILE]: (texts.files[RISK_FILE] ?? '').replace(/"hours": 8\b/, '"hours": 7'),
    'analysts.cedar': texts.files['analysts.cedar'] ?? '',
    'approvers.cedar': texts.files['approvers.cedar'] ?? '',
  },
}

describe('a policy set that was in force once', () => {
  it('decides nothing any more, as its risk table isn’t this build’s', () => {
    expect(past.files[RISK_FILE]).not.toBe(texts.files[RISK_FILE])
    expect(() => loadPolicies(past)).toThrow('not the table that this build decides with')
  })

  it('is asked again about what it could look at, whatever else is known today', () => {
    const set = loadPolicies(past, undefined, { past: true })
    const resource = { promoter: 'usr_hugo', severity: 'high' } as const
    expect(ask(ada, 'confirmCase', { resource }).permitted).toBe(true)
    expect(set.authorize(question(ada, 'confirmCase', { resource }), 'x').rules).toEqual(['analysts.confirm'])
    expect(set.authorize(question(chiara, 'confirmCase', { resource }), 'x').rules).toEqual(['default.deny'])
    expect(set.authorize(question(chiara, 'approveAction'), 'x').rules).toEqual(['approvers.decide'])
    expect(set.bundle).toBe(bundleDigest(past))
  })

  it('comes back from the bytes that its digest is over, and from no others', () => {
    expect(textsOf(bundleBytes(past), bundleDigest(past))).toEqual(past)
    expect(textsOf(bundleBytes(past), bundleDigest(texts))).toBeNull()
  })
})
