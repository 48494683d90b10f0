import { describe, expect, it, test } from 'vitest'
import {
  ada,
  ask,
  assistant,
  bruno,
  chiara,
  dev,
  farid,
  hugo,
  passkeyOf,
  refused,
  through,
} from './policies.fixture'

describe('whose passkeys', () => {
  const everybody = [ada, chiara, dev, farid, hugo]

  it('everybody enrols their own, in the browser alone', () => {
    for (const who of everybody) {
      expect(ask(who, 'enrolPasskey').permitted).toBe(true)
      for (const via of ['api', 'slack', 'mcp'] as const)
        expect(ask(through(who, via), 'enrolPasskey').permitted).toBe(false)
    }
    expect(ask(assistant, 'enrolPasskey').permitted).toBe(false)
  })
  it('everybody revokes their own, and an administrator anybody’s', () => {
    for (const who of everybody)
      expect(ask(who, 'revokePasskey', { context: passkeyOf(who) }).permitted).toBe(true)
    expect(refused(ask(chiara, 'revokePasskey', { context: passkeyOf(dev) }))).toEqual(['default.deny'])
    expect(ask(farid, 'revokePasskey', { context: passkeyOf(dev) }).permitted).toBe(true)
  })
  test.each(['enrolPasskey', 'revokePasskey'])(
    'C10 %s needs a sign-in within the last 5 minutes',
    (command) => {
      const at = (session_age: number) =>
        ask(farid, command, { context: { session_age, ...passkeyOf(farid) } })
      expect(at(300).permitted).toBe(true)
      expect(refused(at(301))).toEqual(['assurance.key-change'])
      expect(refused(at(-1))).toEqual(['assurance.key-change'])
    },
  )
})

describe('an approval with a passkey', () => {
  test.each(['low', 'medium', 'critical'])('C10 of %s risk is refused with somebody else’s', (tier) => {
    const context = passkeyOf(bruno)
    expect(refused(ask(chiara, 'approveAction', { request: { tier }, context }))).toEqual(['passkeys.own'])
  })
  test.each(['low', 'medium', 'critical'])('C10 of %s risk is refused with one that was revoked', (tier) => {
    const context = passkeyOf(chiara, true)
    expect(refused(ask(chiara, 'approveAction', { request: { tier }, context }))).toEqual([
      'passkeys.standing',
    ])
  })
})
