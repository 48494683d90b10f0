import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * `req_01jnx7q4zp...`: ten characters of time (milliseconds) and twelve of chance (60 bits), so that ids of one moment lie
 * together in an index and none can be guessed. Crockford's alphabet: nothing that looks like something else.
 */
export function newId(prefix: string): string {
  let time = Date.now()
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  const tail = Array.from(randomBytes(12), (byte) => ALPHABET[byte % 32]).join('')
  return `${prefix}_${head}${tail}`
}

/** 128 random bits in base64url. */
export function newSalt(): string {
  return randomBytes(16).toString('base64url')
}
