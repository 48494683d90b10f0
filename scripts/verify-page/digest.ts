// What lib/record/digest.ts is in a browser: the same functions, which have to answer at once (Web Crypto answers later).
import { sha256 as sha2, sha512 as sha5 } from '@noble/hashes/sha2.js'
import { createSHA256, type IHasher } from 'hash-wasm'
import { toHex, utf8 } from '../../lib/record/bytes'
import type { RunningDigest } from '../../lib/record/digest'

/** One for all: each answer is finished before the next is begun. */
let compiled: IHasher | null = null

/** Makes SHA-256 twice as fast for whoever lets WebAssembly run. Some forbid it: there everything works as it is. */
export async function quicken(): Promise<void> {
  compiled = await createSHA256().catch(() => null)
}

/** SHA-256 (FIPS 180-4) of the bytes, or of a string's UTF-8. */
export function sha256(data: Uint8Array | string): Uint8Array {
  const bytes = typeof data === 'string' ? utf8(data) : data
  return compiled ? compiled.init().update(bytes).digest('binary') : sha2(bytes)
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
  if (compiled) return resumed(compiled)
  const running = sha2.create()
  return { update: (chunk) => void running.update(chunk), hex: () => toHex(running.digest()) }
}

/** Between two chunks, others use the same hasher: what it had come to is put aside. */
function resumed(hasher: IHasher): RunningDigest {
  let state = hasher.init().save()
  return {
    update(chunk) {
      state = hasher.load(state).update(chunk).save()
    },
    hex: () => hasher.load(state).digest('hex'),
  }
}
