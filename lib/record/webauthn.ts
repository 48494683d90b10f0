import { assertionDigest, statementChallenge } from './approval'
import { type CeremonyRefusal, checkAuthenticatorData, checkClientData } from './authenticator'
import { concat } from './bytes'
import { sha256 } from './digest'
import { type PublicKey, verifySignature } from './signature'

/** All that is kept of a passkey's signature, for ever. */
export type Assertion = {
  readonly clientData: Uint8Array
  readonly authData: Uint8Array
  readonly signature: Uint8Array
}

export type Expected = {
  /** The exact bytes that were approved. */
  readonly statement: Uint8Array
  readonly key: PublicKey
  readonly rpId: string
  readonly origin: string
}

export type AssertionRefusal = CeremonyRefusal | 'bad_signature'

/**
 * Web Authentication Level 3, section 7.2, for a stored assertion: null if all is well, else the first thing that is
 * not. The order is the specification's. signature over authenticatorData || SHA-256(clientDataJSON).
 */
export function checkAssertion(assertion: Assertion, expected: Expected): AssertionRefusal | null {
  const { statement, rpId, origin, key } = expected
  const challenge = statementChallenge(statement)
  return (
    checkClientData(assertion.clientData, { type: 'webauthn.get', challenge, origin }) ??
    checkAuthenticatorData(assertion.authData, rpId) ??
    checkSignature(assertion, key)
  )
}

function checkSignature(assertion: Assertion, key: PublicKey): AssertionRefusal | null {
  const message = concat(assertion.authData, sha256(assertion.clientData))
  return verifySignature(key, message, assertion.signature, 'der') ? null : 'bad_signature'
}

/** `assertion_sha256` of `approval.recorded`. */
export function digestOf({ authData, clientData, signature }: Assertion): string {
  return assertionDigest(authData, clientData, signature)
}
