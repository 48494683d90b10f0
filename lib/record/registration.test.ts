import { describe, expect, it } from 'vitest'
import { attestationOf, registers, softKey, UP } from './authenticator.test-support'
import { toBase64Url } from './base64'
import { concat, fromHex, toHex, utf8 } from './bytes'
import { readCbor } from './cbor'
import { sha256 } from './digest'
import { checkRegistration, type NewPasskey, type Registration } from './registration'
import { vectorText } from './vectors.test-support'

const expected = {
  challenge: toBase64Url(sha256('now')),
  origin: 'https://record.example',
  rpId: 'record.example',
}
const key = softKey()

describe('a new passkey', () => {
  it.each(['ES256', 'EdDSA'] as const)('of %s is read from what the authenticator made', (alg) => {
    const made = softKey(alg)
    const found = checkRegistration(registers(made, expected), expected) as NewPasskey
    expect(found).toMatchObject({ flags: 0x45, aaguid: '0'.repeat(32), key: { alg } })
    expect(toHex(found.credentialId)).toBe(toHex(made.credentialId))
    expect(toHex(found.cose)).toBe(toHex(made.cose))
  })

  it.each([
    ['wrong_type', { clientData: { type: 'webauthn.get' } }],
    ['wrong_challenge', { challenge: toBase64Url(sha256('before')) }],
    ['wrong_origin', { origin: 'https://record.example.evil' }],
    ['cross_origin', { clientData: { crossOrigin: true } }],
    ['cross_origin', { clientData: { topOrigin: 'https://evil.example' } }],
    ['wrong_rp_id', { rpId: 'evil.example' }],
    ['user_not_verified', { flags: UP }],
    ['user_not_present', { flags: 0x04 }],
    ['backup_state_impossible', { flags: 0x15 }],
  ] as const)('C09 C10 is refused as %s', (refusal, change) => {
    expect(checkRegistration(registers(key, { ...expected, ...change }), expected)).toBe(refusal)
  })

  it('is refused without a credential, with a key of another kind, or cut short', () => {
    const whole = registers(key, expected)
    const map = readCbor(whole.attestation) as ReadonlyMap<string, Uint8Array>
    const authData = map.get('authData') as Uint8Array
    const from = (bytes: Uint8Array) =>
      checkRegistration({ ...whole, attestation: attestationOf(bytes) }, expected)
    const unattested = authData.slice()
    unattested[32] = 0x05
    const rsa = concat(authData.subarray(0, 55 + key.credentialId.length), fromHex('a201030339010020'))
    expect(from(unattested)).toBe('no_credential')
    expect(from(authData.subarray(0, 60))).toBe('no_credential')
    expect(from(authData.subarray(0, -1))).toBe('malformed_attestation')
    expect(from(rsa.subarray(0, -1))).toBe('unsupported_key')
    expect(from(authData.subarray(0, 36))).toBe('malformed_authenticator_data')
    for (const attestation of [new Uint8Array(), fromHex('a0'), utf8('{}'), whole.attestation.subarray(1)])
      expect(checkRegistration({ ...whole, attestation }, expected)).toBe('malformed_attestation')
    expect(checkRegistration({ ...whole, clientData: utf8('{') }, expected)).toBe('malformed_client_data')
  })
})

describe('CBOR', () => {
  it.each([
    '',
    '18',
    '19ff',
    '5f',
    '9f',
    'bf',
    'a10000ff',
    'c0',
    'f7',
    'fb0000000000000000',
    '1b0000000000000001',
  ])('is not %s', (hex) => {
    expect(() => readCbor(fromHex(hex))).toThrow('CBOR')
  })
  it('sets nothing aside for what is not there, and does not follow endless nesting', () => {
    expect(() => readCbor(fromHex('9affffffff'))).toThrow('CBOR')
    expect(() => readCbor(fromHex('baffffffff'))).toThrow('CBOR')
    expect(() => readCbor(fromHex('81'.repeat(5_000)))).toThrow('CBOR')
    expect(() => readCbor(fromHex('a200000001'))).toThrow('CBOR')
  })
  it('reads every kind that authenticators write', () => {
    expect(readCbor(fromHex('86012061614101f4f6'))).toEqual([1, -1, 'a', new Uint8Array([1]), false, null])
  })
})

type W3c = { title: string; registration: Record<string, string> }
const w3c: { vectors: W3c[] } = JSON.parse(vectorText('published/webauthn-l3.json'))

describe("the W3C's own registrations", () => {
  const read = ({ registration }: W3c) => {
    const hex = (name: string) => fromHex(registration[name] ?? '')
    const given = { clientData: hex('clientDataJSON'), attestation: hex('attestationObject') }
    const at = {
      challenge: toBase64Url(hex('challenge')),
      origin: 'https://example.org',
      rpId: 'example.org',
    }
    return { given, found: checkRegistration(given, at) }
  }

  it.each(w3c.vectors)('$title', (vector) => {
    const { given, found } = read(vector)
    const refusal = refusalOf(vector.title, given)
    if (refusal) return expect(found).toBe(refusal)
    const { credentialId, aaguid } = found as NewPasskey
    const { credential_id, aaguid: model } = vector.registration
    expect({ credential_id: toHex(credentialId), model: aaguid }).toEqual({ credential_id, model })
  })

  it('hold some that are good', () => {
    const good = w3c.vectors.filter((vector) => typeof read(vector).found !== 'string')
    expect(good.length).toBeGreaterThan(3)
  })
})

/** What is to be found in a vector: made in a frame, without verifying its user, or with a key of another kind. */
function refusalOf(title: string, { clientData, attestation }: Registration): string | null {
  if (JSON.parse(new TextDecoder().decode(clientData)).crossOrigin) return 'cross_origin'
  const authData = (readCbor(attestation) as ReadonlyMap<string, Uint8Array>).get('authData')
  if (((authData?.[32] ?? 0) & 0x04) === 0) return 'user_not_verified'
  return /ES256|Ed25519/.test(title) ? null : 'unsupported_key'
}
