import { describe, expect, it } from 'vitest'
import type { Actor } from '../identity/actor'
import { type Making, registers, type SoftKey, softKey, UP } from '../record/authenticator.test-support'
import { toBase64Url } from '../record/base64'
import { sha256 } from '../record/digest'
import { ada, farid, given, HALDEN, hugo, NOW, type Step } from './registry.fixture'

const at = {
  challenge: toBase64Url(sha256('challenge')),
  origin: 'https://record.example',
  rpId: 'record.example',
}
/** The same person, who signed in this many seconds ago. */
const since = (who: Actor, seconds: number): Actor => ({
  ...who,
  auth: { ...who.auth, auth_time: Date.parse(NOW) / 1000 - seconds },
})
const [now, hers, his] = [since(ada, 60), softKey(), softKey('EdDSA')]
const enrol = (key: SoftKey, who = now, change: Partial<Making> = {}): Step => {
  const { clientData, attestation } = registers(key, { ...at, ...change })
  const input = {
    ...{ name: 'A key', challenge: at.challenge, transports: ['internal'] },
    ...{ client_data: toBase64Url(clientData), attestation: toBase64Url(attestation) },
  }
  return ['enrolPasskey', input, who]
}
const revoke = (key: SoftKey, who: Actor, reason: string | null = null): Step => [
  'revokePasskey',
  { credential_id: toBase64Url(key.credentialId), reason },
  who,
]
const next = (...steps: Step[]) => given([...HALDEN, ...steps])

describe('enrolling a passkey', () => {
  it('C10 puts on record who holds which key, in both spellings', () => {
    const { events, state } = next(enrol(hers))
    const credential_id = toBase64Url(hers.credentialId)
    expect(events).toMatchObject([
      {
        type: 'passkey.enrolled',
        data: {
          ...{ user: 'usr_ada', credential_id, name: 'A key', alg: 'ES256', cose: toBase64Url(hers.cose) },
          ...{ rp_id: 'record.example', origin: 'https://record.example', flags: 0x45 },
          pem: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n/),
        },
      },
    ])
    expect(state.passkeys).toMatchObject([
      { credential_id, user: 'usr_ada', synced: false, revoked_at: null },
    ])
  })

  it('C10 needs a sign-in within the last five minutes', () => {
    expect(next(enrol(hers, since(ada, 300))).refusal).toBeNull()
    for (const seconds of [301, -1, Number.NaN])
      expect(next(enrol(hers, since(ada, seconds))).refusal?.code).toBe('assurance_required')
  })

  it.each<[string, Partial<Making>]>([
    ['user_not_verified', { flags: UP }],
    ['wrong_origin', { origin: 'http://record.example' }],
    ['wrong_rp_id', { rpId: 'example' }],
    ['wrong_challenge', { challenge: toBase64Url(sha256('of an hour ago')) }],
    ['cross_origin', { clientData: { crossOrigin: true } }],
  ])('C09 is refused as %s, with that name on record', (why, change) => {
    expect(next(enrol(hers, now, change)).refusal).toMatchObject({
      code: 'forbidden',
      rules: [`passkey.${why}`],
    })
  })

  it('takes a key once, whoever brings it, even after it was revoked', () => {
    expect(next(enrol(hers), enrol(hers, since(hugo, 60))).refusal?.code).toBe('duplicate')
    expect(next(enrol(hers), revoke(hers, now), enrol(hers)).refusal?.code).toBe('duplicate')
  })

  it('takes ten keys of one person at once', () => {
    const ten = Array.from({ length: 10 }, () => enrol(softKey()))
    expect(next(...ten, enrol(his)).refusal?.code).toBe('too_large')
    expect(next(...ten, enrol(his, since(hugo, 1))).refusal).toBeNull()
  })
})

describe('revoking a passkey', () => {
  it('is its holder’s to do, without a reason', () => {
    const { events, state } = next(enrol(hers), revoke(hers, now))
    expect(events).toMatchObject([{ type: 'passkey.revoked', data: { user: 'usr_ada', reason: null } }])
    expect(state.passkeys).toMatchObject([{ revoked_at: NOW }])
    expect(next(enrol(hers), revoke(hers, now), revoke(hers, now)).refusal?.code).toBe('duplicate')
  })

  it('is an administrator’s with a reason, and nobody else’s', () => {
    const admin = since(farid, 10)
    expect(next(enrol(hers), revoke(hers, admin)).refusal?.code).toBe('gate')
    expect(next(enrol(hers), revoke(hers, admin, 'She lost it.')).refusal).toBeNull()
    expect(next(enrol(hers), revoke(hers, since(hugo, 10), 'I want to.')).refusal?.code).toBe('forbidden')
    expect(next(revoke(hers, now)).refusal?.code).toBe('not_found')
  })

  it('C10 needs a sign-in within the last five minutes', () => {
    for (const who of [since(ada, 301), since(farid, 301)])
      expect(next(enrol(hers), revoke(hers, who, 'x')).refusal?.code).toBe('assurance_required')
  })

  it('follows from the removal of its holder: who is taken back enrols anew', () => {
    const { events, state } = next(...[enrol(hers), enrol(his, since(hugo, 1))], [
      'removeMember',
      { member: 'usr_ada', reason: 'Left.' },
    ])
    expect(events.map(({ type }) => type)).toEqual(['member.removed', 'passkey.revoked'])
    expect(state.passkeys.map(({ revoked_at }) => revoked_at)).toEqual([NOW, null])
  })
})
