import { describe, expect, test } from 'vitest'
import { tokens } from './tokens'

/** Put together at run time, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('')
const LONG = 'Ab3'.repeat(100)
const some = (length: number) => LONG.slice(0, length)
const hex = (length: number) => '0a1b2c3d'.repeat(8).slice(0, length)

const TOKENS: [name: string, token: string][] = [
  ...['sk', 'rk'].map((kind): [string, string] => ['Stripe key', join(kind, '_test_', some(24))]),
  ['Stripe webhook secret', join('whsec', '_', some(32))],
  ['OpenAI key', join('sk', '-', some(48))],
  ['OpenAI key', join('sk-', 'None-', some(40))],
  ['Anthropic key', join('sk-', 'ant-', some(60))],
  ['Google API key', join('AI', 'za', some(35))],
  ['Google OAuth token', join('ya', '29.', some(60))],
  ...['p', 'o', 'u', 's', 'r'].map((kind): [string, string] => [
    'GitHub token',
    join('gh', kind, '_', some(36)),
  ]),
  ['GitHub token', join('github', '_pat_', some(60))],
  ...['pat', 'dt', 'rt', 'ptt', 'cbt', 'soat'].map((kind): [string, string] => [
    'GitLab token',
    join('gl', kind, '-', some(20)),
  ]),
  ...['xoxb', 'xoxp', 'xoxe', 'xapp'].map((kind): [string, string] => [
    'Slack token',
    join(kind, '-', some(30)),
  ]),
  ['Twilio key', join('S', 'K', hex(32))],
  ['PyPI token', join('py', 'pi-', some(80))],
  ...['o', 'p', 'r'].map((kind): [string, string] => [
    'DigitalOcean token',
    join('do', kind, '_v1_', hex(64)),
  ]),
  ['age key', join('AGE-SECRET', '-KEY-1', some(58).toUpperCase())],
  ...['s', 'b', 'r'].map((kind): [string, string] => ['Vault token', join('hv', kind, '.', some(24))]),
  ...['Bearer', 'bearer', 'BEARER'].map((word): [string, string] => ['bearer token', `${word} ${some(40)}`]),
  ['basic credentials', 'BASIC c3ZjOmh1bnRlcjI='],
]

describe('a token that is recognised by its form (C58)', () => {
  test.each(TOKENS)('%s: %s', (name, token) => {
    const [found, ...more] = tokens(`It said İ "${token}" at night.`)
    expect(found).toMatchObject({ name, value: token.split(' ').at(-1) })
    expect(more.filter((other) => other.name !== name)).toEqual([])
  })

  test('is not seen in what people write', () => {
    expect(
      tokens('The task was to check the lights: basically, 2000 of them, for the bearer of the key.'),
    ).toEqual([])
  })
})
