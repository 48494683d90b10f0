import { concat, u32 } from './bytes'
import { malformed } from './malformed'

// RFC 4251 section 5: a string is its length in four bytes, then its bytes.

export function sshString(bytes: Uint8Array): Uint8Array {
  return concat(u32(bytes.length), bytes)
}

/** Reads exactly `count` strings that fill the bytes completely. @throws Malformed `bad_ssh_wire` */
export function sshStrings(bytes: Uint8Array, count: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const strings: Uint8Array[] = []
  let at = 0
  while (strings.length < count && at + 4 <= bytes.length) {
    const end = at + 4 + view.getUint32(at)
    if (end > bytes.length) break
    strings.push(bytes.subarray(at + 4, end))
    at = end
  }
  if (strings.length < count || at < bytes.length)
    throw malformed('bad_ssh_wire', 'These are not the SSH strings expected.')
  return strings
}
