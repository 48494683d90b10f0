import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { assertionDigest, statementChallenge } from './approval'
import { fromBase64Url } from './base64'
import { concat, utf8 } from './bytes'
import { sha256, sha256Hex } from './digest'
import { idToken, type SoftIssuer, softIssuer } from './issuer.test-support'
import { toPem } from './public-key'
import { ORIGIN, RP_ID } from './world.test-support'

// How people in that organisation show that it was they who decided: what is kept of it, and what the event says of it.

export type Ceremony = {
  readonly flags?: number | undefined
  /** What the browser or the authenticator says otherwise than it should, before it is signed. */
  readonly ceremony?:
    | { client?: (said: object) => object | string; auth?: (data: Uint8Array) => Uint8Array }
    | undefined
}

export function byPasskey(
  statement: Uint8Array,
  key: KeyObject,
  credential: string,
  { flags = 5, ceremony = {} }: Ceremony,
) {
  const said = {
    type: 'webauthn.get',
    challenge: statementChallenge(statement),
    origin: ORIGIN,
    crossOrigin: false,
  }
  const told = ceremony.client?.(said) ?? said
  const clientData = utf8(typeof told === 'string' ? told : JSON.stringify(told))
  const data = concat(sha256(RP_ID), new Uint8Array([flags, 0, 0, 0, 1]))
  const authData = ceremony.auth?.(data) ?? data
  const signature = new Uint8Array(sign('sha256', concat(authData, sha256(clientData)), key))
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  const credentialPem = toPem({ alg: 'ES256', x: fromBase64Url(x), y: fromBase64Url(y) })
  return {
    kept: { webauthn: { clientData, authData, signature, credentialPem } },
    said: {
      credential_id: credential,
      assertion_sha256: assertionDigest(authData, clientData, signature),
    },
  }
}

export const ISSUER = 'https://login.test/realms/main'
export const CLIENT_ID = 'on-record'

/** What the issuer, or whoever packs the bundle, does otherwise than they should. */
export type SigningIn = {
  readonly issuer?: SoftIssuer
  readonly header?: object
  readonly claims?: object
  /** The issuer's keys as they are kept. */
  readonly keys?: readonly object[]
  /** What the event says of it. */
  readonly said?: object
}

let usual: SoftIssuer | null = null
function usualIssuer(): SoftIssuer {
  usual ??= softIssuer()
  return usual
}

/** @param now milliseconds since 1970 */
export function bySignIn(statement: Uint8Array, person: string, now: number, how: SigningIn) {
  const { issuer = usualIssuer(), keys = [issuer.jwk], claims, header, said } = how
  const token = idToken(
    issuer,
    {
      ...{ iss: ISSUER, sub: `subject of ${person}`, aud: CLIENT_ID, nonce: statementChallenge(statement) },
      ...{
        auth_time: Math.floor(now / 1_000),
        iat: Math.floor(now / 1_000),
        exp: Math.floor(now / 1_000) + 300,
      },
      ...claims,
    },
    header,
  )
  const issuerJwks = utf8(JSON.stringify({ keys }))
  return {
    kept: { oidc: { idToken: token, issuerJwks } },
    said: {
      credential_id: null,
      assertion_sha256: sha256Hex(token),
      sign_in: {
        ...{ issuer: ISSUER, subject: `subject of ${person}`, client_id: CLIENT_ID },
        ...{ issuer_jwks: sha256Hex(issuerJwks), ...said },
      },
    },
  }
}
