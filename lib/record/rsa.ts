import { fromBase64Url } from './base64'
import type { JsonWebKey } from './jwks'
import { orNull } from './malformed'

/** RFC 7518, sections 3.3 and 3.5: SHA-256 with PKCS #1 v1.5, or with PSS and a salt as long as the digest. */
export type RsaAlgorithm = 'RS256' | 'PS256'

const NAMES = { RS256: 'RSASSA-PKCS1-v1_5', PS256: 'RSA-PSS' } as const
// RFC 7518, section 3.3: 2,048 bits or more.
const LEAST_BYTES = 256

/**
 * True if the signature over the message was made with this key, false, never an exception, for anything unusable. Null where nothing
 * can tell: RSA is left to the Web Cryptography API, which browsers have in secure contexts alone.
 */
export async function verifyRsa(
  alg: RsaAlgorithm,
  key: JsonWebKey,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | null> {
  if (!isFor(alg, key)) return false
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (!subtle) return null
  const { n, e } = key as { n: string; e: string }
  const how = { name: NAMES[alg], hash: 'SHA-256', saltLength: 32 }
  try {
    const imported = await subtle.importKey('jwk', { kty: 'RSA', n, e }, how, false, ['verify'])
    return await subtle.verify(how, imported, new Uint8Array(signature), new Uint8Array(message))
  } catch {
    return false // the numbers are no key
  }
}

/** The key says what it is for: the token only has to agree. */
function isFor(alg: RsaAlgorithm, key: JsonWebKey): boolean {
  const { kty, n, e, use = 'sig' } = key
  if (kty !== 'RSA' || (key.alg ?? alg) !== alg || use !== 'sig') return false
  const modulus = typeof n === 'string' && typeof e === 'string' ? orNull(() => fromBase64Url(n)) : null
  return modulus !== null && modulus.length >= LEAST_BYTES
}
