import type { Json } from '../canonical'
import { fields, text } from './fields'

/** Whom the id_token of an approval by signing in has to name, as it was recorded. */
export type SignInFact = {
  readonly issuer: string | null
  readonly subject: string | null
  readonly clientId: string | null
  /** hex(SHA-256) of the issuer's keys, as they were when the token was checked. */
  readonly keysDigest: string | null
}

export function signInFact(signIn: Json | undefined): SignInFact {
  const { issuer, subject, client_id, issuer_jwks } = fields(signIn)
  return {
    issuer: text(issuer),
    subject: text(subject),
    clientId: text(client_id),
    keysDigest: text(issuer_jwks),
  }
}
