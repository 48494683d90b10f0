import { fromUtf8 } from './bytes'
import { malformed } from './malformed'

/** What CBOR (RFC 8949) can hold of what passkeys hand over: no fractions, tags or indefinite lengths. */
export type Cbor = number | string | boolean | null | Uint8Array | readonly Cbor[] | ReadonlyMap<Cbor, Cbor>

/** Deeper than any attestation statement. */
const MAX_DEPTH = 8

type Cursor = { readonly bytes: Uint8Array; at: number }

/** One whole item and nothing after it. @throws Malformed `bad_cbor`, `invalid_utf8` */
export function readCbor(bytes: Uint8Array): Cbor {
  const { value, end } = readCborItem(bytes, 0)
  if (end !== bytes.length) throw bad()
  return value
}

/** The item that begins at `at`, and where it ends. @throws Malformed `bad_cbor`, `invalid_utf8` */
export function readCborItem(bytes: Uint8Array, at: number): { value: Cbor; end: number } {
  const cursor = { bytes, at }
  const value = item(cursor, 0)
  return { value, end: cursor.at }
}

function item(cursor: Cursor, depth: number): Cbor {
  if (depth > MAX_DEPTH) throw bad()
  const [type, value] = head(cursor)
  switch (type) {
    case 0:
      return value
    case 1:
      return -1 - value
    case 2:
      return take(cursor, value)
    case 3:
      return fromUtf8(take(cursor, value))
    case 4:
      return Array.from({ length: counted(cursor, value) }, () => item(cursor, depth + 1))
    case 5:
      return map(cursor, counted(cursor, value), depth + 1)
    default:
      return simple(type, value)
  }
}

function map(cursor: Cursor, count: number, depth: number): ReadonlyMap<Cbor, Cbor> {
  const fields = new Map<Cbor, Cbor>()
  for (let i = 0; i < count; i++) {
    const key = item(cursor, depth)
    if ((typeof key !== 'number' && typeof key !== 'string') || fields.has(key)) throw bad()
    fields.set(key, item(cursor, depth))
  }
  return fields
}

function simple(type: number, value: number): boolean | null {
  if (type !== 7 || value < 20 || value > 22) throw bad()
  return value === 22 ? null : value === 21
}

// A type in three bits, and a number in the other five or in the one, two or four bytes that follow.
function head(cursor: Cursor): [type: number, value: number] {
  const first = unsigned(cursor, 1)
  const [type, short] = [first >> 5, first & 31]
  if (short < 24) return [type, short]
  if (short > 26) throw bad()
  return [type, unsigned(cursor, 1 << (short - 24))]
}

function unsigned(cursor: Cursor, length: number): number {
  return take(cursor, length).reduce((value, byte) => value * 256 + byte, 0)
}

function take(cursor: Cursor, length: number): Uint8Array {
  if (cursor.at + length > cursor.bytes.length) throw bad()
  cursor.at += length
  return cursor.bytes.subarray(cursor.at - length, cursor.at)
}

// Each item takes a byte at least: a count beyond that is a lie, and nothing is set aside for it.
function counted(cursor: Cursor, count: number): number {
  if (count > cursor.bytes.length - cursor.at) throw bad()
  return count
}

function bad() {
  return malformed('bad_cbor', 'This is not the CBOR that an authenticator writes.')
}
