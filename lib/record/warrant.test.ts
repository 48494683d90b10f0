import type { KeyObject } from 'node:crypto'
import * as jose from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromBase64Url, toBase64Url } from './base64'
import { utf8 } from './bytes'
import { freshPair } from './fresh-pair.test-support'
import { fromJwk, type JsonWebKey, jwkThumbprint } from './jwks'
import { vectors } from './vectors.test-support'
import { checkWarrant, MAX_WARRANT_SECONDS, openWarrant, type WarrantContext } from './warrant'
import type { WarrantClaims } from './warrant-claims'

const { jwt, jwks, valid_at, expired_at } = vectors.warrant
const [headerPart = '', claimsPart = '', signaturePart = ''] = jwt.split('.')
const claims: WarrantClaims = JSON.parse(Buffer.from(claimsPart, 'base64url').toString())
const digest = claims.authorization_details[0].action_digest
const context: WarrantContext = {
  jwks,
  issuer: 'https://onrecord.example',
  audience: 'https://onrecord.example/connectors/github',
  now: valid_at,
  isSeen: () => false,
  isRedeemed: () => true,
  executor: 'spiffe://acme.example/executor/github',
  thumbprint: 'YbLrUCqpdM__t6VSSCRwXmeK97DU5rAm9NDqnUy6B_g',
  actionDigest: digest,
  isRevoked: () => false,
}

describe('a warrant', () => {
  it('is good as published', () => {
    expect(checkWarrant(jwt, context)).toMatchObject({ warrant: { claims, header: { alg: 'EdDSA' } } })
  })

  it.each([
    ['wrong_issuer', { issuer: 'https://evil.example' }],
    ['wrong_audience', { audience: 'https://onrecord.example/connectors/aws' }],
    ['not_yet_valid', { now: claims.nbf - 1 }],
    ['expired', { now: expired_at }],
    ['expired', { now: claims.exp }],
    ['already_seen', { isSeen: (jti: string) => jti === claims.jti }],
    ['not_redeemed', { isRedeemed: () => false }],
    ['wrong_actor', { executor: 'spiffe://acme.example/executor/aws' }],
    ['wrong_confirmation', { thumbprint: 'another' }],
    ['wrong_action', { actionDigest: `sha256:${'0'.repeat(64)}` }],
    ['revoked', { isRevoked: () => true }],
    ['unknown_key', { jwks: { keys: [] } }],
    ['unknown_key', { jwks: { keys: [...jwks.keys, ...jwks.keys] } }],
  ] as const)('C53: is refused as %s', (refused, change) => {
    expect(checkWarrant(jwt, { ...context, ...change })).toEqual({ refused })
  })

  it('C53: is checked in order, so that the first thing wrong is the one that is named', () => {
    const everything = {
      ...context,
      issuer: '',
      audience: '',
      now: expired_at,
      executor: '',
      isRevoked: () => true,
    }
    expect(checkWarrant(jwt, everything)).toEqual({ refused: 'wrong_issuer' })
    expect(checkWarrant(`${jwt.slice(0, -2)}AA`, everything)).toEqual({ refused: 'bad_signature' })
  })

  it('tolerates as much difference of clocks as it is told to', () => {
    expect(checkWarrant(jwt, { ...context, now: claims.exp + 4, leeway: 5 })).toHaveProperty('warrant')
    expect(checkWarrant(jwt, { ...context, now: claims.exp + 5, leeway: 5 })).toEqual({ refused: 'expired' })
  })

  it.each([
    '',
    'a.b',
    `${jwt}.x`,
    `${headerPart}.${claimsPart}.`,
    `${headerPart}=.${claimsPart}.${signaturePart}`,
    `${toBase64Url(utf8('[]'))}.${claimsPart}.${signaturePart}`,
  ])('is malformed: %s', (text) => {
    expect(checkWarrant(text, context)).toEqual({ refused: 'malformed' })
  })

  it('C53: of more than 8 kB is not even read', () => {
    expect(checkWarrant('x'.repeat(8193), context)).toEqual({ refused: 'too_large' })
  })
})

describe('a warrant made by another implementation', () => {
  let es256: { key: KeyObject; jwk: JsonWebKey }
  let eddsa: { key: KeyObject; jwk: JsonWebKey }
  beforeAll(async () => {
    es256 = await newKey('ES256', 'k1')
    eddsa = await newKey('EdDSA', 'k2')
  })

  async function newKey(alg: string, kid: string) {
    const pair = freshPair(alg === 'ES256' ? 'P-256' : 'Ed25519')
    return { key: pair.privateKey, jwk: { ...(await jose.exportJWK(pair.publicKey)), alg, kid, use: 'sig' } }
  }

  const sign = (header: object, body: object = claims, key: KeyObject | Uint8Array = es256.key) =>
    new jose.SignJWT({ ...body })
      .setProtectedHeader({ typ: 'onrecord-warrant+jwt', alg: 'ES256', kid: 'k1', ...header })
      .sign(key)
  const check = (token: string) => checkWarrant(token, { ...context, jwks: { keys: [es256.jwk, eddsa.jwk] } })

  it('is good with either algorithm', async () => {
    expect(check(await sign({}))).toHaveProperty('warrant')
    expect(check(await sign({ alg: 'EdDSA', kid: 'k2' }, claims, eddsa.key))).toHaveProperty('warrant')
  })

  it('C53: cannot choose its own key, algorithm or kind', async () => {
    expect(check(await sign({ typ: 'JWT' }))).toEqual({ refused: 'wrong_type' })
    expect(check(await sign({ typ: undefined }))).toEqual({ refused: 'wrong_type' })
    expect(check(await sign({ alg: 'HS256' }, claims, new Uint8Array(32)))).toEqual({
      refused: 'wrong_algorithm',
    })
    expect(check(await sign({ kid: 'k3' }))).toEqual({ refused: 'unknown_key' })
    expect(check(await sign({ kid: 'k2' }))).toEqual({ refused: 'unknown_key' })
    expect(check(await sign({ kid: undefined }))).toEqual({ refused: 'unknown_key' })
    for (const header of [
      { jku: 'https://evil.example' },
      { jwk: eddsa.jwk },
      { x5c: [] },
      { x5u: '' },
      { cty: 'x' },
    ]) {
      expect(check(await sign(header))).toEqual({ refused: 'forbidden_header' })
    }
    const none = toBase64Url(utf8('{"alg":"none","kid":"k1","typ":"onrecord-warrant+jwt"}'))
    expect(check(`${none}.${claimsPart}.AAAA`)).toEqual({ refused: 'wrong_algorithm' })
    const critical = toBase64Url(
      utf8('{"alg":"ES256","crit":["b64"],"b64":false,"kid":"k1","typ":"onrecord-warrant+jwt"}'),
    )
    expect(check(`${critical}.${claimsPart}.AAAA`)).toEqual({ refused: 'forbidden_header' })
  })

  it('C53: has one audience', async () => {
    expect(check(await sign({}, { ...claims, aud: [claims.aud, 'https://evil.example'] }))).toEqual({
      refused: 'malformed_claims',
    })
    expect(check(await sign({}, { ...claims, aud: [claims.aud] }))).toEqual({ refused: 'malformed_claims' })
  })

  it('C50: lives for minutes', async () => {
    const long = { ...claims, exp: claims.iat + MAX_WARRANT_SECONDS + 1 }
    expect(check(await sign({}, long))).toEqual({ refused: 'lifetime_too_long' })
    const backdated = { ...claims, iat: claims.iat - 3600 }
    expect(check(await sign({}, backdated))).toEqual({ refused: 'lifetime_too_long' })
    expect(check(await sign({}, { ...claims, iat: valid_at + 1 }))).toEqual({ refused: 'not_yet_valid' })
  })

  it('C49: names all of its authority, or none', async () => {
    for (const name of Object.keys(claims)) {
      const { [name as keyof WarrantClaims]: _, ...others } = claims
      expect(check(await sign({}, others)), name).toEqual({ refused: 'malformed_claims' })
    }
    const [detail] = claims.authorization_details
    for (const details of [
      [],
      [detail, detail],
      [{ ...detail, type: 'other' }],
      [{ ...detail, actions: [] }],
      detail,
    ]) {
      expect(check(await sign({}, { ...claims, authorization_details: details }))).toEqual({
        refused: 'malformed_claims',
      })
    }
    expect(check(await sign({}, { ...claims, cnf: {} }))).toEqual({ refused: 'malformed_claims' })
    const mtls = { ...claims, cnf: { 'x5t#S256': context.thumbprint } }
    expect(check(await sign({}, mtls))).toHaveProperty('warrant')
  })

  it('is refused when any part of it is changed', async () => {
    const good = await sign({})
    const changed = toBase64Url(utf8(JSON.stringify({ ...claims, sub: 'usr_mallory' })))
    expect(check(good.replace(/\.[^.]+\./, `.${changed}.`))).toEqual({ refused: 'bad_signature' })
    expect(openWarrant(good, { keys: [{ ...es256.jwk, use: 'enc' }] })).toEqual({ refused: 'unknown_key' })
  })
})

describe('a key', () => {
  it('has the published thumbprint', () => {
    const key = fromJwk(vectors.thumbprint.jwk)
    expect(key && jwkThumbprint(key)).toBe(vectors.thumbprint.sha256_b64u)
  })

  it('of P-256 has the thumbprint that another implementation gives it', async () => {
    const { publicKey } = freshPair()
    const jwk = await jose.exportJWK(publicKey)
    const key = fromJwk(jwk)
    expect(key && jwkThumbprint(key)).toBe(await jose.calculateJwkThumbprint(jwk))
    expect(fromBase64Url(jwk.x ?? '')).toHaveLength(32)
  })
})
