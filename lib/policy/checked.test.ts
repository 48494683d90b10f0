import { describe, expect, it } from 'vitest'
import { loadPolicies } from './authorize'
import { checkedFrom, checkedText } from './checked'
import { engine } from './engine'
import { ada, hugo, policies, question, rule, texts, withFile } from './policies.fixture'

const checked = checkedFrom(checkedText(policies))
const asked: string[] = []
const busy = {
  ...engine,
  validate: (call: Parameters<typeof engine.validate>[0]) => {
    asked.push('validate')
    return engine.validate(call)
  },
}

describe('a policy set that was checked when On Record was built', () => {
  it('isn’t checked again, and decides as it would have', () => {
    const quick = loadPolicies(texts, busy, { checked })
    expect(asked).toEqual([])
    for (const each of [question(ada, 'advanceCase'), question(hugo, 'advanceCase'), question(hugo, 'x')])
      expect(quick.authorize(each, 'd')).toEqual(policies.authorize(each, 'd'))
    expect([quick.bundle, quick.rules, quick.commands, quick.risk]).toEqual([
      policies.bundle,
      policies.rules,
      policies.commands,
      policies.risk,
    ])
  })

  it('is checked when a single letter of it is another now', () => {
    const body = 'permit(principal, action, resource) when { principal.shoe_size > 40 };'
    const loading = () => loadPolicies(withFile('extra.cedar', rule('extra.typo', body)), busy, { checked })
    expect(loading).toThrow(/extra\.typo doesn't fit the schema/)
  })

  it.each(['', '{', 'null', '[]', '{"bundle":1}', '{"bundle":"sha256:0","rules":{},"commands":[]}'])(
    'is checked when what was kept of it reads %j',
    (text) => {
      expect(checkedFrom(text)).toBeNull()
    },
  )
})
