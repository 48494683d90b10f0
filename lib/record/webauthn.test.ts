import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64'
import { concat, equal, fromHex, utf8 } from './bytes'
import { fromCose } from './cose'
import { sha256 } from './digest'
import { freshPair } from './fresh-pair.test-support'
import { fromPem, samePublicKey, toPem } from './public-key'
import { type PublicKey, verifySignature } from './signature'
import { vectors, vectorText } from './vectors.test-support'
import { type Assertion, checkAssertion, digestOf } from './webauthn'

const { approval } = vectors
const expected = {
  statement: utf8(approval.statement),
  key: fromPem(approval.credential_pem),
  rpId: approval.rp_id,
  origin: approval.origin,
}
const assertion: Assertion = {
  clientData: utf8(approval.clientDataJSON),
  authData: fromHex(approval.authenticatorData_hex),
  signature: fromHex(approval.signature_hex),
}

describe("a passkey's key", () => {
  it('is the same in both of its spellings', () => {
    const cose = fromCose(fromBase64Url(approval.cose_b64u))
    expect(samePublicKey(cose, expected.key)).toBe(true)
    expect(toPem(cose)).toBe(approval.credential_pem)
    const ed25519: PublicKey = { alg: 'EdDSA', x: sha256('any') }
    expect(samePublicKey(fromPem(toPem(ed25519)), ed25519)).toBe(true)
    expect(samePublicKey(ed25519, cose)).toBe(false)
  })

  it.each(['', 'a0', 'a1', 'a10102ff', '8401', 'a2010201 02'.replace(' ', ''), 'bf', 'a1015f'])(
    'is not %s in COSE',
    (hex) => {
      expect(() => fromCose(fromHex(hex))).toThrow()
    },
  )

  it('is not one of another kind', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(() => fromPem(String(publicKey.export({ format: 'pem', type: 'spki' })))).toThrow('neither')
    expect(() => fromPem('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')).toThrow('neither')
  })
})

/** The published assertion with other client or authenticator data, signed again with a key of our own. */
function signedAnew(change: { clientData?: object; flags?: number; authData?: Uint8Array }) {
  const { privateKey, publicKey } = freshPair()
  const clientData = utf8(JSON.stringify({ ...JSON.parse(approval.clientDataJSON), ...change.clientData }))
  const flagged = concat(
    assertion.authData.subarray(0, 32),
    new Uint8Array([change.flags ?? 5]),
    assertion.authData.subarray(33),
  )
  const authData = change.authData ?? flagged
  const signature = new Uint8Array(sign('sha256', concat(authData, sha256(clientData)), privateKey))
  const key = fromPem(String(publicKey.export({ format: 'pem', type: 'spki' })))
  return checkAssertion({ clientData, authData, signature }, { ...expected, key })
}

describe("a passkey's approval", () => {
  it('C07: is good as published, and as signed anew', () => {
    expect(checkAssertion(assertion, expected)).toBeNull()
    expect(digestOf(assertion)).toBe(approval.assertion_sha256)
    expect(signedAnew({})).toBeNull()
    expect(signedAnew({ flags: 0x1d, clientData: { future: [1.5] } })).toBeNull()
  })

  it.each([
    ['wrong_type', { clientData: { type: 'webauthn.create' } }],
    ['wrong_challenge', { clientData: { challenge: toBase64Url(sha256('another statement')) } }],
    ['wrong_origin', { clientData: { origin: 'https://onrecord.example.evil' } }],
    ['wrong_origin', { clientData: { origin: 'https://onrecord.example/' } }],
    ['cross_origin', { clientData: { crossOrigin: true } }],
    ['cross_origin', { clientData: { crossOrigin: null } }],
    ['cross_origin', { clientData: { topOrigin: 'https://evil.example' } }],
    ['wrong_rp_id', { authData: concat(sha256('evil.example'), assertion.authData.subarray(32)) }],
    ['malformed_authenticator_data', { authData: assertion.authData.subarray(0, 36) }],
    ['user_not_present', { flags: 0x04 }],
    ['user_not_verified', { flags: 0x01 }],
    ['backup_state_impossible', { flags: 0x15 }],
  ] as const)('C09: is refused as %s', (refusal, change) => {
    expect(signedAnew(change)).toBe(refusal)
  })

  it('C09: is refused when its challenge is replayed for another statement', () => {
    const other = { ...expected, statement: utf8(approval.statement.replace('"revision":2', '"revision":3')) }
    expect(checkAssertion(assertion, other)).toBe('wrong_challenge')
  })

  it('C07: is refused when any byte of it is changed', () => {
    for (const part of ['clientData', 'authData', 'signature'] as const) {
      for (let i = 0; i < assertion[part].length; i++) {
        const changed = assertion[part].slice()
        changed[i] = (changed[i] ?? 0) ^ 1
        expect(checkAssertion({ ...assertion, [part]: changed }, expected), `${part} ${i}`).not.toBeNull()
      }
    }
  })

  it.each(['', 'null', '{', '[]'])('is refused when its client data is %j', (text) => {
    expect(checkAssertion({ ...assertion, clientData: utf8(text) }, expected)).not.toBeNull()
  })
})

type W3c = { title: string; registration: Record<string, string>; authentication: Record<string, string> }
const w3c: { vectors: W3c[] } = JSON.parse(vectorText('published/webauthn-l3.json'))
const usable = w3c.vectors.filter(({ title }) => /ES256|Ed25519/.test(title))

describe("the W3C's own assertions", () => {
  it.each(usable)('$title', ({ title, registration, authentication }) => {
    const hex = (name: string) => fromHex(authentication[name] ?? '')
    const given = {
      clientData: hex('clientDataJSON'),
      authData: hex('authenticatorData'),
      signature: hex('signature'),
    }
    const key = credentialKey(
      fromHex(registration.attestationObject ?? ''),
      fromHex(registration.credential_id ?? ''),
    )
    const origin = 'https://example.org'
    const signed = concat(given.authData, sha256(given.clientData))
    // Their challenge is random, not the digest of a statement, so everything after the challenge is checked alone.
    expect(checkAssertion(given, { statement: utf8('none'), key, rpId: 'example.org', origin })).toBe(
      'wrong_challenge',
    )
    const framed = title.includes('crossOrigin') || title.includes('topOrigin')
    const challenge = JSON.parse(Buffer.from(given.clientData).toString()).challenge
    expect(challenge).toBe(toBase64Url(hex('challenge')))
    expect(JSON.parse(Buffer.from(given.clientData).toString()).crossOrigin).toBe(framed)
    expect(verifySignature(key, signed, given.signature, 'der')).toBe(true)
  })
})

// In attested credential data the COSE key follows the credential id.
function credentialKey(attestation: Uint8Array, id: Uint8Array): PublicKey {
  for (let at = 0; at + id.length < attestation.length; at++) {
    if (!equal(attestation.subarray(at, at + id.length), id)) continue
    const start = at + id.length
    for (let length = 40; length < 100; length++) {
      try {
        return fromCose(attestation.subarray(start, start + length))
      } catch {}
    }
  }
  throw new Error('no key')
}
