import { createHmac } from 'node:crypto'

/**
 * The keyed fingerprint of a secret: `hex(HMAC-SHA256(key, UTF-8(value)))`, RFC 2104, 64 lower-case digits.
 * Keyed, because a bare hash of a guessable password is the password to whoever can guess.
 * The key belongs to the organisation and never changes: the same secret is recognised across cases and in the registry.
 */
export function fingerprint(key: string | Uint8Array, value: string): string {
  if (key.length < 16) throw new Error('the fingerprint key must have at least 16 bytes')
  return createHmac('sha256', key).update(value, 'utf8').digest('hex')
}

/** What stands in a masked text: enough to tell two secrets apart, nothing to get one back from. */
export function marker(name: string, print: string): string {
  return `[secret: ${name} ${print.slice(0, 8)}…]`
}

/** Exactly what `marker` makes, at a position: a masked text that comes in again is left as it is. */
export const MARKER = /\[secret: [A-Za-z0-9 -]{1,60} [0-9a-f]{8}…\]/y
