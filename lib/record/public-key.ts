import { fromBase64, toBase64 } from './base64'
import { concat, equal, fromHex } from './bytes'
import { malformed } from './malformed'
import type { PublicKey } from './signature'

// The spellings of a public key that the record meets: PEM (RFC 7468, RFC 5480, RFC 8410) and COSE (RFC 9052, 9053).

// SubjectPublicKeyInfo for id-ecPublicKey on prime256v1 with an uncompressed point, and for Ed25519.
const P256_PREFIX = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004')
const ED25519_PREFIX = fromHex('302a300506032b6570032100')

export function toPem(key: PublicKey): string {
  const spki = key.alg === 'ES256' ? concat(P256_PREFIX, key.x, key.y) : concat(ED25519_PREFIX, key.x)
  const lines = toBase64(spki).match(/.{1,64}/g) ?? []
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`
}

/** @throws Malformed `unsupported_key`, `invalid_base64` */
export function fromPem(pem: string): PublicKey {
  const [, body] =
    /^-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END PUBLIC KEY-----\s*$/.exec(pem) ?? []
  const spki = fromBase64((body ?? '').replace(/\s/g, ''))
  const p256 = after(spki, P256_PREFIX, 64)
  if (p256 !== null) return { alg: 'ES256', x: p256.subarray(0, 32), y: p256.subarray(32) }
  const ed25519 = after(spki, ED25519_PREFIX, 32)
  if (ed25519 !== null) return { alg: 'EdDSA', x: ed25519 }
  throw malformed('unsupported_key', 'This is neither a P-256 nor an Ed25519 public key in PEM.')
}

function after(bytes: Uint8Array, prefix: Uint8Array, length: number): Uint8Array | null {
  const matches = bytes.length === prefix.length + length && equal(bytes.subarray(0, prefix.length), prefix)
  return matches ? bytes.subarray(prefix.length) : null
}

export function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.alg === 'ES256') return b.alg === 'ES256' && equal(a.x, b.x) && equal(a.y, b.y)
  return b.alg === 'EdDSA' && equal(a.x, b.x)
}
