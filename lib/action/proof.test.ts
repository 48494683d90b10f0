import type { JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshPair } from '../record/fresh-pair.test-support'
import { checkProof, makeProof, type ProofCheck, type ProofInput } from './proof'
import { thumbprint } from './warrant'

const NOW = Date.parse('2026-03-02T08:04:35.250Z')
const url = 'https://on-record.example/api/v1/executor/redeem'
const made: ProofInput = { method: 'POST', url: `${url}?x=1#y`, accessToken: 'token', jti: 'one', now: NOW }

let key: JWK
let thief: JWK
let expected: ProofCheck

function newKey(): JWK {
  return freshPair().privateKey.export({ format: 'jwk' }) as JWK
}

beforeAll(async () => {
  key = newKey()
  thief = newKey()
  expected = { method: 'POST', url, accessToken: 'token', now: NOW, jkt: thumbprint(key) }
})

describe('C52: proof of possession', () => {
  it('is good for its request, with its token, for a minute', async () => {
    expect(await checkProof(await makeProof(made, key), expected)).toEqual({ ok: true, jti: 'one' })
  })

  it.each<[string, Partial<ProofInput>, Partial<ProofCheck>]>([
    ['another method', {}, { method: 'GET' }],
    ['another address', {}, { url: 'https://on-record.example/api/v1/executor/plan' }],
    ['another access token', {}, { accessToken: 'stolen' }],
    ['a later time', {}, { now: NOW + 75_000 }],
    ['an earlier time', {}, { now: NOW - 15_000 }],
  ])('is refused for %s', async (_, making, checking) => {
    const proof = await makeProof({ ...made, ...making }, key)
    expect(await checkProof(proof, { ...expected, ...checking })).toMatchObject({ ok: false })
  })

  it('made with another key does not help who stole the tokens', async () => {
    expect(await checkProof(await makeProof(made, thief), expected)).toEqual({
      ok: false,
      reason: 'signed with another key',
    })
    const [, body, signature] = (await makeProof(made, thief)).split('.')
    const [head] = (await makeProof(made, key)).split('.')
    expect(await checkProof(`${head}.${body}.${signature}`, expected)).toMatchObject({ ok: false })
    expect(await checkProof('', expected)).toMatchObject({ ok: false })
  })
})
