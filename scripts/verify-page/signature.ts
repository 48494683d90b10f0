// What lib/record/signature.ts is in a browser: the same functions, the same answers.
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { concat } from '../../lib/record/bytes'
import { malformed } from '../../lib/record/malformed'
import type { Ed25519Signer, PublicKey, SignatureFormat } from '../../lib/record/signature'

/** A signer from the 32-byte private key of RFC 8032 section 5.1.5. */
export function ed25519Signer(seed: Uint8Array): Ed25519Signer {
  if (seed.length !== 32) throw malformed('bad_key', 'An Ed25519 seed has 32 bytes.')
  return { publicKey: ed25519.getPublicKey(seed), sign: (message) => ed25519.sign(message, seed) }
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
  try {
    // RFC 8032's own rules, not the laxer ZIP 215.
    if (key.alg === 'EdDSA') return ed25519.verify(signature, message, key.x, { zip215: false })
    // Either of the two s of ECDSA is good: FIPS 186-5 doesn't choose between them.
    const how = { prehash: true, lowS: false, format: format === 'raw' ? 'compact' : 'der' } as const
    return p256.verify(signature, message, concat(UNCOMPRESSED, key.x, key.y), how)
  } catch {
    return false // the point is not on the curve, or the signature is not DER
  }
}

// SEC 1 section 2.3.3.
const UNCOMPRESSED = new Uint8Array([4])
