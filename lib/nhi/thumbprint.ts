import { toBase64Url } from '../record/base64'
import { jcsText } from '../record/canonical'
import { sha256 } from '../record/digest'
import type { PublicKey } from './public-key'

/** The key's name: RFC 7638, base64url(SHA-256(JCS({crv, kty, x, y}))). */
export function thumbprint({ crv, kty, x, y }: PublicKey): string {
  return toBase64Url(sha256(jcsText({ crv, kty, x, y })))
}
