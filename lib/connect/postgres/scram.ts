import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)
const ITERATIONS = 4_096 // PostgreSQL's scram_iterations

/**
 * The verifier that PostgreSQL stores, `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>` (RFC 5803, RFC 7677), computed here so that the
 * password itself is in no statement, log or memory of the server. Printable ASCII only: SASLprep (RFC 4013) leaves that as it is.
 */
export async function scramVerifier(password: string, salt: Uint8Array = randomBytes(16)): Promise<string> {
  if (!/^[\x20-\x7e]+$/.test(password)) throw new TypeError('Only printable ASCII needs no SASLprep.')
  const salted = await derive(password, salt, ITERATIONS, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`
}

/** 256 random bits in characters that need no quoting in a URL, a shell or a file. */
export function newPassword(): string {
  return randomBytes(32).toString('base64url')
}
