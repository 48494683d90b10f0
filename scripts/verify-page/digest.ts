// What lib/record/digest.ts is in a browser: the same functions, which have to answer at once (Web Crypto answers later).
import { sha256 as sha2, sha512 as sha5 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '../../lib/record/bytes'
import type { RunningDigest } from '../../lib/record/digest'

/** SHA-256 (FIPS 180-4) of the bytes, or of a string's UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  return sha2(typeof data === 'string' ? utf8(data) : data)
}

/** SHA-256 as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  return toHex(sha256(data))
}

/** SHA-512 (FIPS 180-4): used inside SSHSIG only. */
export function sha512(data: Uint8Array): Uint8Array {
  return sha5(data)
}

/** A SHA-256 over a stream: feed it, then ask once. */
export function runningSha256(): RunningDigest {
  const running = sha2.create()
  return { update: (chunk) => void running.update(chunk), hex: () => toHex(running.digest()) }
}
