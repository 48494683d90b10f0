import { malformed } from './malformed'
import type { PublicKey } from './signature'

// RFC 9052 section 7 and RFC 9053 section 7: COSE_Key, as a passkey hands it over. Just enough of CBOR (RFC 8949) for
// a map of small integers to integers and byte strings.
const [KTY, ALG, CRV, X, Y] = [1, 3, -1, -2, -3]
const [OKP, EC2] = [1, 2]
const [EDDSA, ES256] = [-8, -7]
const [P256, ED25519] = [1, 6]

/** @throws Malformed `unsupported_key`, `bad_cose` */
export function fromCose(bytes: Uint8Array): PublicKey {
  const fields = readMap(bytes)
  const [x, y] = [fields.get(X), fields.get(Y)]
  if (is(fields, EC2, ES256, P256) && isCoordinate(x) && isCoordinate(y)) return { alg: 'ES256', x, y }
  if (is(fields, OKP, EDDSA, ED25519) && isCoordinate(x)) return { alg: 'EdDSA', x }
  throw malformed('unsupported_key', 'This is neither an ES256 nor an Ed25519 COSE key.')
}

type Fields = ReadonlyMap<number, number | Uint8Array>

function is(fields: Fields, kty: number, alg: number, crv: number): boolean {
  return fields.get(KTY) === kty && fields.get(ALG) === alg && fields.get(CRV) === crv
}

function isCoordinate(value: number | Uint8Array | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32
}

type Cursor = { readonly bytes: Uint8Array; at: number }

function readMap(bytes: Uint8Array): Fields {
  const cursor: Cursor = { bytes, at: 0 }
  const [type, count] = head(cursor)
  if (type !== 5) throw badCose()
  const fields = new Map<number, number | Uint8Array>()
  for (let i = 0; i < count; i++) {
    const key = item(cursor)
    if (typeof key !== 'number' || fields.has(key)) throw badCose()
    fields.set(key, item(cursor))
  }
  if (cursor.at !== bytes.length) throw badCose()
  return fields
}

function item(cursor: Cursor): number | Uint8Array {
  const [type, value] = head(cursor)
  if (type === 0) return value
  if (type === 1) return -1 - value
  if (type !== 2 || cursor.at + value > cursor.bytes.length) throw badCose()
  cursor.at += value
  return cursor.bytes.subarray(cursor.at - value, cursor.at)
}

// A type in three bits, and a number in the other five or in the one or two bytes that follow.
function head(cursor: Cursor): [type: number, value: number] {
  const first = next(cursor)
  const [type, short] = [first >> 5, first & 31]
  if (short < 24) return [type, short]
  if (short === 24) return [type, next(cursor)]
  if (short === 25) return [type, (next(cursor) << 8) | next(cursor)]
  throw badCose()
}

function next(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++]
  if (byte === undefined) throw badCose()
  return byte
}

function badCose() {
  return malformed('bad_cose', 'This is not a COSE key.')
}
