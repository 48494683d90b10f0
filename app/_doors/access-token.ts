import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import type { Doors } from './deps'

export const TOKEN_SECONDS = 300
/** RFC 9068: no other token of ours has this type. */
const TYPE = 'at+jwt'

/** What a machine may do with it: `read` reads and nothing else. */
export const SCOPES = ['read', 'write'] as const
type Scope = (typeof SCOPES)[number]
/** `jkt`: thumbprint (RFC 7638) of the key that asked for the token; a proof of its possession is signed with it (RFC 9449). */
export type Access = {
  readonly org: string
  readonly nhi: string
  readonly scope: Scope
  readonly jkt: string
  readonly issuedAt: number
}

export async function signAccess(
  access: Omit<Access, 'issuedAt'>,
  { origin, keys }: Pick<Doors, 'origin' | 'keys'>,
  jti: string,
): Promise<string> {
  const key = await keys.token()
  return new SignJWT({
    org: access.org,
    scope: access.scope,
    client_id: access.nhi,
    cnf: { jkt: access.jkt },
  })
    .setProtectedHeader({ typ: TYPE, alg: 'ES256', kid: key.kid })
    .setIssuer(origin)
    .setSubject(access.nhi)
    .setAudience(origin)
    .setJti(jti)
    .setIssuedAt()
    .setExpirationTime(`${TOKEN_SECONDS}s`)
    .sign(await importJWK(key, 'ES256'))
}

/** Our own tokens only: algorithm, type, issuer and the one audience are demanded, never taken from the token. */
export async function readAccess(
  token: string,
  { origin, keys }: Pick<Doors, 'origin' | 'keys'>,
): Promise<Access | null> {
  const published = await keys.tokens()
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(published as JSONWebKeySet), {
      typ: TYPE,
      algorithms: ['ES256'],
      issuer: origin,
      audience: origin,
      maxTokenAge: TOKEN_SECONDS,
      clockTolerance: 2,
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
    })
    const { sub, org, scope, aud, iat, cnf } = payload
    const jkt = typeof cnf === 'object' && cnf !== null && 'jkt' in cnf ? cnf.jkt : null
    const sound =
      typeof sub === 'string' &&
      typeof org === 'string' &&
      typeof aud === 'string' &&
      (scope === 'read' || scope === 'write')
    return sound && typeof iat === 'number' && typeof jkt === 'string'
      ? { org, nhi: sub, scope, jkt, issuedAt: iat }
      : null
  } catch {
    return null
  }
}
