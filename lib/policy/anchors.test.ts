import { expect, it } from 'vitest'
import { ada, ask, esther, farid, worker } from './policies.fixture'

const signedIn = (seconds: number) => ({ context: { session_age: seconds } })

it('C28 an administrator sets up anchors within 15 minutes of signing in, and orders one at any time', () => {
  expect(ask(farid, 'configureAnchors', signedIn(900))).toMatchObject({
    permitted: true,
    rules: ['anchors.administer'],
  })
  expect(ask(farid, 'configureAnchors', signedIn(901))).toMatchObject({
    permitted: false,
    rules: ['anchors.fresh-sign-in'],
  })
  expect(ask(farid, 'orderAnchor', signedIn(9_000)).permitted).toBe(true)
  for (const somebody of [ada, esther, worker])
    expect(ask(somebody, 'configureAnchors').permitted).toBe(false)
})

it('C28 what came of an anchor is recorded by On Record alone', () => {
  expect(ask(worker, 'recordAnchor')).toMatchObject({ permitted: true, rules: ['anchors.record'] })
  expect(ask(farid, 'recordAnchor').permitted).toBe(false)
})
