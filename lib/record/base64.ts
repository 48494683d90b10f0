import { malformed } from './malformed'

// RFC 4648, strict both ways: padding as the alphabet demands, no white space, unused bits zero.
// One value has exactly one spelling, or a signature could be re-spelled without being broken.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const STANDARD = `${LETTERS}+/`
const URL_SAFE = `${LETTERS}-_`

export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD)
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** RFC 4648 section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE)
}

/** @throws Malformed `invalid_base64` */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw invalid()
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return decode(text, text.length - padding, STANDARD_VALUES)
}

/** @throws Malformed `invalid_base64` */
export function fromBase64Url(text: string): Uint8Array {
  return decode(text, text.length, URL_VALUES)
}

const STANDARD_VALUES = values(STANDARD)
const URL_VALUES = values(URL_SAFE)

function values(alphabet: string): Uint8Array {
  const table = new Uint8Array(128).fill(255)
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i
  return table
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = ''
  let pending = 0
  let bits = 0
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xffff
    bits += 8
    while (bits >= 6) {
      bits -= 6
      text += alphabet[(pending >> bits) & 63]
    }
  }
  return bits === 0 ? text : text + alphabet[(pending << (6 - bits)) & 63]
}

function decode(text: string, length: number, table: Uint8Array): Uint8Array {
  if (length % 4 === 1) throw invalid()
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let pending = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    const value = table[text.charCodeAt(i)] ?? 255
    if (value === 255) throw invalid()
    pending = ((pending << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (pending >> bits) & 255
    }
  }
  if ((pending & ((1 << bits) - 1)) !== 0) throw invalid()
  return bytes
}

function invalid() {
  return malformed('invalid_base64', 'This is not base64 in its one strict spelling (RFC 4648).')
}
