import { decodeJwt, importJWK, jwtVerify } from 'jose'
import { enrolledKeys, findMachine, type Machine, spendAssertion } from '@/db/machines'
import type { Doors } from './deps'

/** Seconds that an assertion may live. */
const LONGEST = 120
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export type Proven =
  | { readonly machine: Machine /** Thumbprint of the key that signed. */; readonly jkt: string }
  | { readonly why: string }

/**
 * RFC 7523 with a key that was enrolled for this identity: iss = sub = its id, aud = our token address, ES256, good for 120 s
 * at most, not made in times to come, and once.
 */
export async function provenBy(assertion: string, { sql, settings }: Doors): Promise<Proven> {
  const org = settings.org
  const claimed = subjectOf(assertion)
  if (!claimed) return { why: 'malformed' }
  for (const key of await enrolledKeys(sql, org, claimed, 'sig')) {
    const claims = await verified(assertion, key.jwk, claimed, `${settings.origin}/api/v1/token`)
    if (!claims) continue
    const machine = await findMachine(sql, org, claimed, key.kid)
    if (!machine) return { why: 'disabled, or without an owner' }
    const first = await spendAssertion(sql, org, `${claimed}:${claims.jti}`, new Date(claims.exp * 1000))
    return first ? { machine, jkt: key.kid } : { why: 'used before' }
  }
  return { why: 'not signed with an enrolled key for this address and time' }
}

function subjectOf(assertion: string): string | null {
  try {
    const { sub } = decodeJwt(assertion)
    return typeof sub === 'string' && /^nhi_[0-9A-Za-z_-]{1,64}$/.test(sub) ? sub : null
  } catch {
    return null
  }
}

async function verified(
  assertion: string,
  jwk: Record<string, string>,
  nhi: string,
  audience: string,
): Promise<{ jti: string; exp: number } | null> {
  try {
    const { payload } = await jwtVerify(assertion, await importJWK(jwk, 'ES256'), {
      algorithms: ['ES256'],
      issuer: nhi,
      subject: nhi,
      audience,
      clockTolerance: 5,
      requiredClaims: ['exp', 'jti'],
    })
    const { jti, exp = 0, iat = 0, aud } = payload
    const now = Math.floor(Date.now() / 1000)
    const timely = exp - now <= LONGEST + 5 && iat <= now + 5
    return typeof aud === 'string' && typeof jti === 'string' && /^[\x21-\x7e]{8,200}$/.test(jti) && timely
      ? { jti, exp }
      : null
  } catch {
    return null
  }
}
