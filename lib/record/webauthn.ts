import { assertionDigest, statementChallenge } from './approval'
import { concat, equal, fromUtf8, utf8 } from './bytes'
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

export type AssertionRefusal =
  | 'malformed_client_data'
  | 'wrong_type'
  | 'wrong_challenge'
  | 'wrong_origin'
  | 'cross_origin'
  | 'malformed_authenticator_data'
  | 'wrong_rp_id'
  | 'user_not_present'
  | 'user_not_verified'
  | 'backup_state_impossible'
  | 'bad_signature'

/**
 * Web Authentication Level 3, section 7.2, for a stored assertion: null if all is well, else the first thing that is
 * not. The order is the specification's. signature over authenticatorData || SHA-256(clientDataJSON).
 */
export function checkAssertion(assertion: Assertion, expected: Expected): AssertionRefusal | null {
  return (
    checkClientData(assertion.clientData, expected) ??
    checkAuthenticatorData(assertion.authData, expected.rpId) ??
    checkSignature(assertion, expected.key)
  )
}

function checkClientData(bytes: Uint8Array, { statement, origin }: Expected): AssertionRefusal | null {
  const clientData = parseClientData(bytes)
  if (clientData === null) return 'malformed_client_data'
  if (clientData.type !== 'webauthn.get') return 'wrong_type'
  if (clientData.challenge !== statementChallenge(statement)) return 'wrong_challenge'
  if (clientData.origin !== origin) return 'wrong_origin'
  const isFramed = clientData.topOrigin !== undefined || (clientData.crossOrigin ?? false) !== false
  return isFramed ? 'cross_origin' : null
}

// clientDataJSON is written by the browser, so it's any JSON: only its raw bytes are hashed, and unknown keys are fine.
function parseClientData(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

// Flags of authenticator data, section 6.1.
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08
const BACKED_UP = 0x10

function checkAuthenticatorData(authData: Uint8Array, rpId: string): AssertionRefusal | null {
  const flags = authData[32]
  if (authData.length < 37 || flags === undefined) return 'malformed_authenticator_data'
  if (!equal(authData.subarray(0, 32), sha256(utf8(rpId)))) return 'wrong_rp_id'
  if ((flags & USER_PRESENT) === 0) return 'user_not_present'
  if ((flags & USER_VERIFIED) === 0) return 'user_not_verified'
  const isImpossible = (flags & BACKED_UP) !== 0 && (flags & BACKUP_ELIGIBLE) === 0
  return isImpossible ? 'backup_state_impossible' : null
}

function checkSignature(assertion: Assertion, key: PublicKey): AssertionRefusal | null {
  const message = concat(assertion.authData, sha256(assertion.clientData))
  return verifySignature(key, message, assertion.signature, 'der') ? null : 'bad_signature'
}

/** `assertion_sha256` of `approval.recorded`. */
export function digestOf({ authData, clientData, signature }: Assertion): string {
  return assertionDigest(authData, clientData, signature)
}
