import { fromBase64Url } from '../base64'
import { fromUtf8, utf8 } from '../bytes'
import { findKey, type JsonWebKeySet, onlyKey } from '../jwks'
import { orNull } from '../malformed'
import { verifyRsa } from '../rsa'
import { verifySignature } from '../signature'
import { type Fields, fields, jsonOf, keySet } from './fields'

export type IdToken = {
  readonly claims: Fields
  /** By one of these keys; null where it can't be told here, as `verifyRsa` says. */
  readonly isSigned: boolean | null
}

// With these a token would choose its own key, or its own rules (RFC 7515, sections 4.1 and 10).
const CHOOSING = ['jku', 'x5u', 'jwk', 'crit']

/** A compact JWS (RFC 7515, section 3.1) of JSON, and whether the issuer's keys made its signature. Null where it is none. */
export async function openIdToken(token: Uint8Array, jwks: Uint8Array): Promise<IdToken | null> {
  const [head = '', body = '', signed = '', ...others] = (textOf(token) ?? '').split('.')
  const [header, claims, signature] = [readPart(head), readPart(body), orNull(() => fromBase64Url(signed))]
  if (header === null || claims === null || signature === null || others.length > 0) return null
  const keys = keySet(textOf(jwks) ?? '')
  return { claims, isSigned: await isSigned(header, keys, utf8(`${head}.${body}`), signature) }
}

/** By exactly one key of that name, with the algorithm that it is for. `none` and secrets shared with the issuer are no proof. */
async function isSigned(
  header: Fields,
  jwks: JsonWebKeySet,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | null> {
  const { alg, kid } = header
  if (CHOOSING.some((name) => name in header)) return false
  if (alg === 'RS256' || alg === 'PS256') {
    const key = onlyKey(jwks, kid)
    return key !== null && verifyRsa(alg, key, message, signature)
  }
  const key = findKey(jwks, kid)
  return key !== null && key.alg === alg && verifySignature(key, message, signature, 'raw')
}

function readPart(encoded: string): Fields | null {
  const bytes = orNull(() => fromBase64Url(encoded))
  const value = jsonOf((bytes && textOf(bytes)) ?? '')
  return value === undefined ? null : fields(value)
}

function textOf(bytes: Uint8Array): string | null {
  return orNull(() => fromUtf8(bytes))
}
