import { describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import type { PolicyTexts } from './bundle'
import { rule, texts, withFile } from './policies.fixture'

// Each of these has the engine read a whole policy set.
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
