import { z } from 'zod'
import { fromBase64Url } from '../record/base64'
import { orNull } from '../record/malformed'

/**
 * Text from people and machines: well-formed UTF-16 without NUL (PostgreSQL and the record's canonical form take neither).
 * Other control and direction characters are kept as said, and shown visibly wherever the text is shown.
 */
export function text(most: number, least = 1) {
  return z
    .string()
    .max(most, `at most ${most} characters`)
    .refine(
      (value) => value.trim().length >= least,
      least === 1 ? 'must not be empty' : `at least ${least} characters`,
    )
    .refine(
      (value) => value.isWellFormed() && !value.includes('\u0000'),
      'must be well-formed text without NUL',
    )
}

// Control, format (bidirectional, zero-width, tags) and unassigned characters, and the blanks that no one takes for one.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]/u

/** A name that we give to somebody or something: what can't be seen in it could only deceive whoever approves (C43). */
export function label(most: number, least = 1) {
  return text(most, least).refine((value) => !UNSEEN.test(value), 'must not hold characters that nobody sees')
}

const prefixed = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z_-]{1,64}$`), `must be an id that starts with ${prefix}_`)

export const caseId = prefixed('case')
export const nhiId = prefixed('nhi')
export const personId = prefixed('usr')
export const requestId = prefixed('req')
export const exceptionId = prefixed('exc')
/** Bytes as base64url without padding (RFC 4648 section 5). */
export function base64url(most: number) {
  return z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url without padding')
    .refine(isExact, 'must be base64url in its one strict spelling')
}

function isExact(text: string): boolean {
  return orNull(() => fromBase64Url(text)) !== null
}

/** A WebAuthn credential id: up to 1,023 bytes. */
export const credentialId = base64url(1_364)
export const erasureId = prefixed('era')
export const holdId = prefixed('hld')
export const ruleId = prefixed('ret')
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal')
/** `YYYY-MM-DDTHH:MM:SS.mmmZ`, the only form of a time on the record. */
export const instant = z.iso.datetime({ precision: 3, offset: false })
export const day = z.iso.date()
