import { readCbor } from './cbor'
import { malformed } from './malformed'
import type { PublicKey } from './signature'

// RFC 9052 section 7 and RFC 9053 section 7: COSE_Key, as a passkey hands it over: a map of small integers to integers
// and byte strings.
const [KTY, ALG, CRV, X, Y] = [1, 3, -1, -2, -3]
const [OKP, EC2] = [1, 2]
const [EDDSA, ES256] = [-8, -7]
const [P256, ED25519] = [1, 6]

/** Algorithms that we take, in COSE's numbers, the preferred one first. */
export const COSE_ALGORITHMS = [ES256, EDDSA] as const

/** @throws Malformed `unsupported_key`, `bad_cbor`, `invalid_utf8` */
export function fromCose(bytes: Uint8Array): PublicKey {
  const read = readCbor(bytes)
  const fields: ReadonlyMap<unknown, unknown> = read instanceof Map ? read : new Map()
  const [x, y] = [fields.get(X), fields.get(Y)]
  if (is(fields, EC2, ES256, P256) && isCoordinate(x) && isCoordinate(y)) return { alg: 'ES256', x, y }
  if (is(fields, OKP, EDDSA, ED25519) && isCoordinate(x)) return { alg: 'EdDSA', x }
  throw malformed('unsupported_key', 'This is neither an ES256 nor an Ed25519 COSE key.')
}

function is(fields: ReadonlyMap<unknown, unknown>, kty: number, alg: number, crv: number): boolean {
  return fields.get(KTY) === kty && fields.get(ALG) === alg && fields.get(CRV) === crv
}

function isCoordinate(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32
}
