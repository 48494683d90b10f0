import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask } from '../mask'
import { escaped, toPlain } from './text'

describe('Slack’s text as plain text', () => {
  test.each([
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['<@U0ADA00001> and <@U1|ada>', '@U0ADA00001 and @ada'],
    ['<#C1|platform> <!here> <!channel>', '#platform @here @channel'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['<https://evil.example|https://good.example>', 'https://good.example (https://evil.example)'],
    ['<http://a.example|a.example>', 'a.example'],
    ['<!date^1392734382^{date}|18 Feb>', '18 Feb'],
  ])('%s', (slack, plain) => {
    expect(toPlain(slack)).toBe(plain)
  })

  test('a connection string that Slack took for an e-mail address is whole again, and its password is masked (C58)', async () => {
    const slack =
      'postgres://svc_orders:<mailto:hunter2hunter2@db.internal|hunter2hunter2@db.internal>/orders'
    expect(toPlain(slack)).toBe('postgres://svc_orders:hunter2hunter2@db.internal/orders')
    const { text } = await mask(toPlain(slack), 'a fingerprint key of 32 bytes ...')
    expect(text).not.toContain('hunter2')
  })

  test('what is escaped comes back as it was', () => {
    fc.assert(fc.property(fc.string(), (text) => toPlain(escaped(text)) === text))
  })
})
