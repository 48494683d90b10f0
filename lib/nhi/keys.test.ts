import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { describe, expect, it } from 'vitest'
import { freshPair } from '../record/fresh-pair.test-support'
import { complaints, given, orders, postgres } from './nhi.fixture'
import { publicKey } from './public-key'
import { thumbprint } from './thumbprint'

const pair = freshPair()
const jwk = publicKey.parse(pair.publicKey.export({ format: 'jwk' }))
const other = publicKey.parse(freshPair().publicKey.export({ format: 'jwk' }))
const third = publicKey.parse(freshPair().publicKey.export({ format: 'jwk' }))
const registered = ['registerNhi', postgres] as const
const enroll = (key: typeof jwk, use: 'sig' | 'enc') => ['enrollKey', { jwk: key, use }] as const

describe('a key', () => {
  it('is named by its RFC 7638 thumbprint, as jose computes it', async () => {
    expect(thumbprint(jwk)).toBe(await calculateJwkThumbprint(jwk))
  })
  it('C55 is enrolled with its public fields only', () => {
    const { events } = given([registered, enroll(jwk, 'sig')])
    expect(events).toEqual([{ type: 'key.enrolled', data: { kid: thumbprint(jwk), use: 'sig', jwk } }])
  })
  it('C55 is refused when it is private, with what to do about it', () => {
    const whole = { jwk: pair.privateKey.export({ format: 'jwk' }), use: 'sig' }
    expect(complaints('enrollKey', whole)).toEqual([expect.stringMatching(/private key.*throw it away/)])
  })
  it('C55 is refused on another curve, of another kind, or with more than it needs', () => {
    const p384 = freshPair('P-384').publicKey.export({ format: 'jwk' })
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    for (const bad of [p384, rsa, { ...jwk, kid: 'mine' }, { kty: 'oct', k: 'AAAA' }]) {
      expect(complaints('enrollKey', { jwk: bad, use: 'sig' })).not.toEqual([])
    }
  })
  it('is refused when it is no point of the curve, or spelled in another way', () => {
    expect(complaints('enrollKey', { jwk: { ...jwk, y: other.y }, use: 'enc' })[0]).toMatch(/not a point/)
    const respelled = `${jwk.x.slice(0, -1)}${jwk.x.endsWith('A') ? 'B' : '_'}`
    expect(complaints('enrollKey', { jwk: { ...jwk, x: respelled }, use: 'enc' })).not.toEqual([])
  })
  it('is used for one thing, and never again once revoked', () => {
    expect(given([registered, enroll(jwk, 'sig'), enroll(jwk, 'enc')]).refusal?.code).toBe('duplicate')
    const revoke = ['revokeKey', { kid: thumbprint(jwk), reason: 'Replaced.' }] as const
    expect(given([registered, enroll(jwk, 'sig'), revoke]).state.keys[0]?.revoked).toBe(true)
    expect(given([registered, enroll(jwk, 'sig'), revoke, enroll(jwk, 'sig')]).refusal?.code).toBe(
      'duplicate',
    )
    expect(given([registered, enroll(jwk, 'sig'), revoke, revoke]).refusal?.code).toBe('duplicate')
    expect(given([registered, revoke]).refusal?.code).toBe('not_found')
  })
  it('has at most one successor at a time', () => {
    const steps = [registered, enroll(jwk, 'sig'), enroll(other, 'sig')] as const
    expect(given([...steps, enroll(third, 'sig')]).refusal?.code).toBe('too_large')
    expect(given([...steps, enroll(third, 'enc')]).refusal).toBeNull()
  })
  it('is not for identities that never sign in here, nor for disabled ones', () => {
    expect(given([['registerNhi', orders], enroll(jwk, 'sig')]).refusal?.code).toBe('unsupported')
    expect(given([registered, ['disableNhi', { reason: 'x' }], enroll(jwk, 'sig')]).refusal?.code).toBe(
      'gate',
    )
  })
  it('seals secrets for executors only', () => {
    const agent = ['registerNhi', { ...postgres, kind: 'ai-agent' }] as const
    expect(given([agent, enroll(jwk, 'enc')]).refusal?.code).toBe('unsupported')
  })
})
