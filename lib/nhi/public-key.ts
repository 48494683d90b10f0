import { z } from 'zod'
import { fromBase64Url } from '../record/base64'

const coordinate = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url')
  .refine(isExact, 'must be 32 bytes in base64url')

/** A public P-256 key as a JWK (RFC 7517, RFC 7518 section 6.2.1). A private one is refused by name. */
export const publicKey = z
  .strictObject(
    { kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate },
    { error: (issue) => (issue.code === 'unrecognized_keys' ? unexpected(issue.keys) : undefined) },
  )
  .refine(isOnCurve, 'is not a point of P-256')

export type PublicKey = z.output<typeof publicKey>

const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

function unexpected(fields: readonly string[]): string {
  return fields.some((field) => PRIVATE.includes(field))
    ? 'This is a private key. It has been shown to others now: throw it away, and send the public half of a new one.'
    : `takes only kty, crv, x and y, not ${fields.join(', ')}`
}

// P-256 (FIPS 186-5, SP 800-186): y^2 = x^3 - 3x + b over the prime field of p.
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/** A point off the curve could make the holder of a key reveal it. */
function isOnCurve(key: { x: string; y: string }): boolean {
  // Asked even of coordinates that were refused already.
  if (!isExact(key.x) || !isExact(key.y)) return false
  const [x, y] = [integer(key.x), integer(key.y)]
  return x < P && y < P && (y * y - (x * x * x - 3n * x + B)) % P === 0n
}

function integer(text: string): bigint {
  return fromBase64Url(text).reduce((value, byte) => value * 256n + BigInt(byte), 0n)
}

function isExact(text: string): boolean {
  try {
    return fromBase64Url(text).length === 32
  } catch {
    return false
  }
}
