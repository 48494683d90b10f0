// With signature.ts, the only file that knows which cryptographic library there is: a build for the browser swaps these two.
import { createHash, hash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of the bytes, or of a string's UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  // A one-shot digest as a string is the fastest there is: it allocates no external buffer.
  const binary = hash('sha256', data, 'binary')
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = binary.charCodeAt(i)
  return digest
}

/** SHA-256 as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data, 'hex')
}

/** SHA-512 (FIPS 180-4): used inside SSHSIG only. */
export function sha512(data: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha512', data, 'buffer'))
}

/** A SHA-256 over a stream: feed it, then ask once. */
export type RunningDigest = { readonly update: (chunk: Uint8Array) => void; readonly hex: () => string }

export function runningSha256(): RunningDigest {
  const running = createHash('sha256')
  return { update: (chunk) => void running.update(chunk), hex: () => running.digest('hex') }
}
