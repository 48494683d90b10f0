// With digest.ts, the only file that knows which cryptographic library there is: a build for the browser swaps these two.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { toBase64Url } from './base64'
import { concat, fromHex } from './bytes'
import { malformed } from './malformed'

/** Ed25519 (RFC 8032): 32 bytes. */
export type Ed25519PublicKey = { readonly alg: 'EdDSA'; readonly x: Uint8Array }
/** ECDSA on P-256 with SHA-256 (FIPS 186-5): the point's coordinates, 32 bytes each. */
export type P256PublicKey = { readonly alg: 'ES256'; readonly x: Uint8Array; readonly y: Uint8Array }
export type PublicKey = Ed25519PublicKey | P256PublicKey

/** How an ECDSA signature is spelled: ASN.1 DER (WebAuthn) or r || s (JOSE). Ed25519 has one spelling. */
export type SignatureFormat = 'der' | 'raw'

export type Ed25519Signer = {
  readonly publicKey: Uint8Array
  readonly sign: (message: Uint8Array) => Uint8Array
}

// RFC 8410 section 7: the PKCS #8 wrapping of a 32-byte Ed25519 seed.
const SEED_PREFIX = fromHex('302e020100300506032b657004220420')

/** A signer from the 32-byte private key of RFC 8032 section 5.1.5. */
export function ed25519Signer(seed: Uint8Array): Ed25519Signer {
  if (seed.length !== 32) throw malformed('bad_key', 'An Ed25519 seed has 32 bytes.')
  const key = createPrivateKey({ key: Buffer.from(concat(SEED_PREFIX, seed)), format: 'der', type: 'pkcs8' })
  const publicKey = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
  return { publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) }
}

/** RFC 8032 section 5.1.7. False, never an exception, for keys and signatures of the wrong length. */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return verifySignature({ alg: 'EdDSA', x: publicKey }, message, signature, 'raw')
}

/** True if the signature over the message was made with this key. False, never an exception, for anything unusable. */
export function verifySignature(
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  format: SignatureFormat,
): boolean {
  if (key.alg === 'EdDSA' && signature.length !== 64) return false
  try {
    const dsaEncoding = format === 'raw' ? 'ieee-p1363' : 'der'
    const hash = key.alg === 'ES256' ? 'sha256' : null
    return verify(hash, message, { key: keyObject(key), dsaEncoding }, signature)
  } catch {
    return false // the point is not on the curve, or the signature is not DER
  }
}

function keyObject(key: PublicKey): KeyObject {
  const x = toBase64Url(key.x)
  switch (key.alg) {
    case 'EdDSA':
      return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    case 'ES256':
      return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y: toBase64Url(key.y) }, format: 'jwk' })
  }
}
