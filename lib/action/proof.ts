import {
  calculateJwkThumbprint,
  decodeProtectedHeader,
  EmbeddedJWK,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { toBase64Url } from '../record/base64'
import { sha256 } from '../record/digest'

/** DPoP (RFC 9449): whoever sends this request holds the key that the warrant names in `cnf`. Stealing a token is not enough. */
export type ProofInput = {
  readonly method: string
  /** Without query and fragment. */
  readonly url: string
  readonly accessToken: string
  readonly jti: string
  /** Milliseconds since 1970. */
  readonly now: number
}

export async function makeProof(input: ProofInput, privateKey: JWK): Promise<string> {
  const { kty, crv, x, y } = privateKey
  return new SignJWT({ htm: input.method, htu: bare(input.url), ath: tokenHash(input.accessToken) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } as JWK })
    .setJti(input.jti)
    .setIssuedAt(Math.floor(input.now / 1_000))
    .sign(await importJWK(privateKey, 'ES256'))
}

export type ProofCheck = Omit<ProofInput, 'jti'> & {
  /** Thumbprint (RFC 7638) of the only key that may have signed: the warrant's `cnf.jkt`, or the caller's enrolled key. */
  readonly jkt: string
}

/** RFC 9449 section 4.3. The caller remembers `jti` for two minutes and refuses it a second time. */
export async function checkProof(
  proof: string,
  expected: ProofCheck,
): Promise<{ ok: true; jti: string } | { ok: false; reason: string }> {
  const no = (reason: string) => ({ ok: false as const, reason })
  try {
    if (proof.length > 4_096) return no('too long')
    const { jwk } = decodeProtectedHeader(proof)
    if (!jwk || 'd' in jwk) return no('no public key')
    if ((await calculateJwkThumbprint(jwk)) !== expected.jkt) return no('signed with another key')
    const { payload } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(expected.now),
      maxTokenAge: 60,
      clockTolerance: 10,
      requiredClaims: ['jti', 'htm', 'htu', 'ath'],
    })
    if (payload.htm !== expected.method) return no('made for another method')
    if (payload.htu !== bare(expected.url)) return no('made for another address')
    if (payload.ath !== tokenHash(expected.accessToken)) return no('made for another access token')
    if (typeof payload.jti !== 'string') return no('no jti')
    return { ok: true, jti: payload.jti }
  } catch (error) {
    return no(error instanceof Error && 'code' in error ? String(error.code) : 'malformed')
  }
}

/** ath = base64url(SHA-256(access token)), RFC 9449 section 4.2. */
function tokenHash(accessToken: string): string {
  return toBase64Url(sha256(accessToken))
}

function bare(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
