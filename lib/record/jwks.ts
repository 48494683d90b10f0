import { fromBase64Url, toBase64Url } from './base64'
import { jcsText } from './canonical'
import { sha256 } from './digest'
import { orNull } from './malformed'
import type { PublicKey } from './signature'

/** RFC 7517. Of these, Ed25519 (RFC 8037) and P-256 keys become a `PublicKey`; what RSA is for is in rsa.ts. */
export type JsonWebKey = {
  readonly kty?: unknown
  readonly crv?: unknown
  readonly x?: unknown
  readonly y?: unknown
  readonly n?: unknown
  readonly e?: unknown
  readonly alg?: unknown
  readonly use?: unknown
  readonly kid?: unknown
}

export type JsonWebKeySet = { readonly keys: readonly JsonWebKey[] }

/** The one key with this id, or null: none is as bad as two. */
export function onlyKey({ keys }: JsonWebKeySet, kid: unknown): JsonWebKey | null {
  const [key, ...others] = typeof kid === 'string' ? keys.filter((candidate) => candidate.kid === kid) : []
  return key === undefined || others.length > 0 ? null : key
}

/** The one key with this id, if it is usable. */
export function findKey(jwks: JsonWebKeySet, kid: unknown): PublicKey | null {
  const key = onlyKey(jwks, kid)
  return key && fromJwk(key)
}

/** The key, or null where its kind, its `alg` or its `use` isn't one for warrants. */
export function fromJwk({ kty, crv, x, y, alg, use }: JsonWebKey): PublicKey | null {
  if (use !== undefined && use !== 'sig') return null
  const [px, py] = [coordinate(x), coordinate(y)]
  if (kty === 'OKP' && crv === 'Ed25519' && px && (alg ?? 'EdDSA') === 'EdDSA') return { alg: 'EdDSA', x: px }
  if (kty === 'EC' && crv === 'P-256' && px && py && (alg ?? 'ES256') === 'ES256')
    return { alg: 'ES256', x: px, y: py }
  return null
}

function coordinate(value: unknown): Uint8Array | null {
  const bytes = typeof value === 'string' ? orNull(() => fromBase64Url(value)) : null
  return bytes?.length === 32 ? bytes : null
}

/** jkt = base64url(SHA-256(the key's required members, sorted)): RFC 7638. */
export function jwkThumbprint(key: PublicKey): string {
  const x = toBase64Url(key.x)
  const members =
    key.alg === 'ES256'
      ? { crv: 'P-256', kty: 'EC', x, y: toBase64Url(key.y) }
      : { crv: 'Ed25519', kty: 'OKP', x }
  return toBase64Url(sha256(jcsText(members)))
}
