import { randomFillSync } from 'node:crypto'

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
  let tail = ''
  for (const byte of chance(12)) tail += ALPHABET[byte % 32]
  return `${prefix}_${head}${tail}`
}

/** 128 random bits in base64url. */
export function newSalt(): string {
  return chance(16).toString('base64url')
}

/** Fetched for many ids at once: asking for it costs more than what is made of it. No byte is given twice. */
const fetched = Buffer.alloc(4_096)
let given = fetched.length

function chance(bytes: number): Buffer {
  if (given + bytes > fetched.length) {
    randomFillSync(fetched)
    given = 0
  }
  given += bytes
  return fetched.subarray(given - bytes, given)
}
