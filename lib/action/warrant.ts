import { importJWK, type JWK, SignJWT } from 'jose'
import { actionDigest } from '../record/approval'
import { fromJwk, type JsonWebKey, jwkThumbprint } from '../record/jwks'
import { MAX_WARRANT_SECONDS, WARRANT_SECONDS } from '../record/warrant'
import type { WarrantClaims } from '../record/warrant-claims'
import type { Action } from './event'

/** The key that signs warrants: a private P-256 JWK with its `kid`. It signs nothing else. */
export type WarrantKey = JWK & { readonly kid: string }

export type WarrantInput = {
  /** The web origin of this On Record. */
  readonly issuer: string
  /** `wrt_` and 32 hexadecimal digits: random, used once. */
  readonly jti: string
  /** Milliseconds since 1970, from the database's clock. */
  readonly now: number
  /** Seconds; `WARRANT_SECONDS` when left out. */
  readonly lifetime?: number
  readonly request: string
  /** Exactly what was approved: its digest and its kind are all that the warrant allows. */
  readonly action: Action
  /** The person who answers for the request. */
  readonly accountable: string
  /** The executor's enrolled public key: the warrant is of no use without its private half. */
  readonly executorKey: JsonWebKey
  readonly approvals: readonly { readonly id: string; readonly sub: string }[]
}

/**
 * The signed authority to carry out one approved action once, for minutes (docs/record-format.md, "The warrant").
 * @throws when the action's own time has not come or is over, or when the lifetime is out of bounds: the command's rules come first.
 */
export async function issueWarrant(input: WarrantInput, key: WarrantKey): Promise<string> {
  return new SignJWT({ ...warrantClaims(input) })
    .setProtectedHeader({ typ: 'onrecord-warrant+jwt', alg: 'ES256', kid: key.kid })
    .sign(await importJWK(key, 'ES256'))
}

/** RFC 8693 `act`, RFC 9396 `authorization_details`, RFC 7800 `cnf` with RFC 9449's `jkt`. */
export function warrantClaims(input: WarrantInput): WarrantClaims {
  const { action } = input
  const { iat, exp } = lifetime(input)
  return {
    iss: input.issuer,
    sub: input.accountable,
    act: { sub: action.executor },
    aud: action.connector,
    iat,
    nbf: iat,
    exp,
    jti: input.jti,
    txn: input.request,
    case: action.case,
    cnf: { jkt: thumbprint(input.executorKey) },
    authorization_details: [
      {
        type: 'onrecord_action',
        actions: [action.kind],
        locations: [action.connector],
        identifier: `${systemOf(action)}:${action.target.account}`,
        action_digest: actionDigest(action),
      },
    ],
    approvals: input.approvals.map(({ id, sub }) => ({ id, sub })),
  }
}

/** RFC 7638; of a key that can sign. */
export function thumbprint(key: JsonWebKey): string {
  const usable = fromJwk(key)
  if (!usable) throw new TypeError('An executor key is an EC key on P-256 or an Ed25519 key.')
  return jwkThumbprint(usable)
}

function systemOf(action: Action): string {
  return action.kind.slice(0, action.kind.indexOf('.'))
}

function lifetime({ now, action, lifetime: seconds = WARRANT_SECONDS }: WarrantInput): {
  iat: number
  exp: number
} {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_WARRANT_SECONDS)
    throw new RangeError(`A warrant lives between 1 and ${MAX_WARRANT_SECONDS} seconds.`)
  if (now < Date.parse(action.not_before))
    throw new RangeError(`The action may not start before ${action.not_before}.`)
  const iat = Math.floor(now / 1_000)
  // It never outlives the request that it serves.
  const exp = Math.min(iat + seconds, Math.floor(Date.parse(action.expires_at) / 1_000))
  if (exp <= iat) throw new RangeError(`The action expired at ${action.expires_at}.`)
  return { iat, exp }
}

/** The public halves, as `/.well-known/jwks.json` shows them and exports carry them. */
export function publicJwks(keys: readonly WarrantKey[]): { keys: Record<string, string>[] } {
  return { keys: keys.map(publicWarrantKey) }
}

/** Named member by member, so that a private one can't slip out. */
function publicWarrantKey(key: WarrantKey): Record<string, string> {
  const { kty, crv, x, y, kid } = key
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new TypeError('A warrant key is an EC key on P-256.')
  return { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }
}
