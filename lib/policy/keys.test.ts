import { expect, it } from 'vitest'
import { ask, farid, operator, worker } from './policies.fixture'

const signedIn = (seconds: number) => ({ context: { session_age: seconds } })

it('C70 an administrator orders a new key within 15 minutes of signing in, and not later', () => {
  expect(ask(farid, 'rotateKey', signedIn(900))).toMatchObject({ permitted: true, rules: ['keys.rotate'] })
  for (const seconds of [901, 86_400, -1])
    expect(ask(farid, 'rotateKey', signedIn(seconds))).toMatchObject({
      permitted: false,
      rules: ['keys.fresh-sign-in'],
    })
})

it('C70 On Record orders no key by itself: whoever operates it does, at its console', () => {
  expect(ask(operator, 'rotateKey')).toMatchObject({ permitted: true, rules: ['keys.console'] })
  expect(ask(worker, 'rotateKey').permitted).toBe(false)
  expect(ask(worker, 'retireKey')).toMatchObject({ permitted: true, rules: ['keys.retire'] })
})
