import { fromBase64Url } from './base64'
import { utf8 } from './bytes'
import { type Json, parseStrict } from './canonical'
import { findKey, type JsonWebKeySet } from './jwks'
import { orNull } from './malformed'
import { verifySignature } from './signature'
import { isClaims, type WarrantClaims, type WarrantHeader } from './warrant-claims'

const MAX_WARRANT_BYTES = 8192
export const WARRANT_SECONDS = 120
export const MAX_WARRANT_SECONDS = 300

/** In the order in which they are checked. */
export type WarrantRefusal =
  | 'too_large'
  | 'malformed'
  | 'wrong_type'
  | 'wrong_algorithm'
  | 'forbidden_header'
  | 'unknown_key'
  | 'bad_signature'
  | 'malformed_claims'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'not_yet_valid'
  | 'expired'
  | 'lifetime_too_long'
  | 'already_seen'
  | 'not_redeemed'
  | 'wrong_actor'
  | 'wrong_confirmation'
  | 'wrong_action'
  | 'revoked'

export type SignedWarrant = { readonly header: WarrantHeader; readonly claims: WarrantClaims }

/** What the checker knows by other means than the warrant. What is left out is not checked. */
export type WarrantContext = {
  readonly jwks: JsonWebKeySet
  readonly issuer: string
  readonly audience?: string
  /** Seconds since 1970. */
  readonly now: number
  /** Tolerated difference of clocks, in seconds. */
  readonly leeway?: number
  readonly isSeen?: (jti: string) => boolean
  readonly isRedeemed?: (jti: string) => boolean
  /** The authenticated caller. */
  readonly executor?: string
  /** The thumbprint of the key whose possession the caller has proved: RFC 7638, or a certificate's SHA-256. */
  readonly thumbprint?: string
  /** Recomputed by the checker from the action that it is about to carry out. */
  readonly actionDigest?: string
  readonly isRevoked?: (claims: WarrantClaims) => boolean
}

export type WarrantVerdict = { readonly warrant: SignedWarrant } | { readonly refused: WarrantRefusal }

/** The check that a connector makes before it acts, in order and failing closed. */
export function checkWarrant(jwt: string, context: WarrantContext): WarrantVerdict {
  const opened = openWarrant(jwt, context.jwks)
  if ('refused' in opened) return opened
  const refused = checkClaims(opened.warrant.claims, context)
  return refused === null ? opened : { refused }
}

/** The signature's part: who made it, whatever it says. RFC 7515 with RFC 8725's advice. */
export function openWarrant(jwt: string, jwks: JsonWebKeySet): WarrantVerdict {
  if (jwt.length > MAX_WARRANT_BYTES) return { refused: 'too_large' }
  const [head = '', body = '', signed = '', ...others] = jwt.split('.')
  const header = readPart(head)
  const signature = orNull(() => fromBase64Url(signed))
  if (header === null || signature === null || signed === '' || others.length > 0)
    return { refused: 'malformed' }
  const checked = checkHeader(header)
  if ('refused' in checked) return checked
  // The key says which algorithm it is for; the token only has to agree.
  const key = findKey(jwks, checked.kid)
  if (key === null || key.alg !== checked.alg) return { refused: 'unknown_key' }
  if (!verifySignature(key, utf8(`${head}.${body}`), signature, 'raw')) return { refused: 'bad_signature' }
  const claims = readPart(body)
  if (claims === null || !isClaims(claims)) return { refused: 'malformed_claims' }
  return { warrant: { header: checked, claims } }
}

type Part = { readonly [name: string]: Json }

function readPart(encoded: string): Part | null {
  const value = orNull(() => parseStrict(fromBase64Url(encoded)))
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : null
}

function checkHeader({
  typ,
  alg,
  kid,
  ...others
}: Part): WarrantHeader | { readonly refused: WarrantRefusal } {
  if (typ !== 'onrecord-warrant+jwt') return { refused: 'wrong_type' }
  if (alg !== 'ES256' && alg !== 'EdDSA') return { refused: 'wrong_algorithm' }
  // jku, x5u, x5c, jwk and crit let a token choose its own key or rules; nothing else has a business here either.
  if (Object.keys(others).length > 0) return { refused: 'forbidden_header' }
  return typeof kid === 'string' ? { typ, alg, kid } : { refused: 'unknown_key' }
}

function checkClaims(claims: WarrantClaims, context: WarrantContext): WarrantRefusal | null {
  const { now, leeway = 0, audience, executor, thumbprint, actionDigest } = context
  if (claims.iss !== context.issuer) return 'wrong_issuer'
  if (audience !== undefined && claims.aud !== audience) return 'wrong_audience'
  if (Math.max(claims.nbf, claims.iat) > now + leeway) return 'not_yet_valid'
  if (claims.exp <= now - leeway) return 'expired'
  if (claims.exp - Math.min(claims.iat, claims.nbf) > MAX_WARRANT_SECONDS) return 'lifetime_too_long'
  if (context.isSeen?.(claims.jti)) return 'already_seen'
  if (context.isRedeemed && !context.isRedeemed(claims.jti)) return 'not_redeemed'
  if (executor !== undefined && claims.act.sub !== executor) return 'wrong_actor'
  if (thumbprint !== undefined && confirmation(claims) !== thumbprint) return 'wrong_confirmation'
  if (actionDigest !== undefined && claims.authorization_details[0].action_digest !== actionDigest)
    return 'wrong_action'
  return context.isRevoked?.(claims) ? 'revoked' : null
}

function confirmation({ cnf }: WarrantClaims): string {
  return 'jkt' in cnf ? cnf.jkt : cnf['x5t#S256']
}
