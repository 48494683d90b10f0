import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { toBase64Url } from './base64'
import { utf8 } from './bytes'
import { freshPair } from './fresh-pair.test-support'

/** An OpenID provider in software, as far as an id_token shows it. */
export type SoftIssuer = {
  readonly alg: IdTokenAlgorithm
  readonly privateKey: KeyObject
  readonly jwk: object
}
export type IdTokenAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

const KINDS = { RS256: 'RSA', PS256: 'RSA', ES256: 'P-256', EdDSA: 'Ed25519' } as const

export function softIssuer(alg: IdTokenAlgorithm = 'RS256', kid = 'issuer-1'): SoftIssuer {
  const { privateKey } = freshPair(KINDS[alg])
  const jwk = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, alg, use: 'sig' }
  return { alg, privateKey, jwk }
}

/** A compact JWS (RFC 7515) of these claims. */
export function idToken({ alg, privateKey }: SoftIssuer, claims: object, header: object = {}): Uint8Array {
  const part = (value: object) => toBase64Url(utf8(JSON.stringify(value)))
  const signed = `${part({ alg, kid: 'issuer-1', typ: 'JWT', ...header })}.${part(claims)}`
  const hash = alg === 'EdDSA' ? null : 'sha256'
  const signature = sign(hash, utf8(signed), { key: privateKey, ...HOW[alg] })
  return utf8(`${signed}.${toBase64Url(new Uint8Array(signature))}`)
}

// As `crypto.constants` has them: RSA_PKCS1_PSS_PADDING is 6.
const HOW = {
  RS256: {},
  PS256: { padding: 6, saltLength: 32 },
  ES256: { dsaEncoding: 'ieee-p1363' },
  EdDSA: {},
} as const
