import { equal, fromUtf8, utf8 } from './bytes'
import { sha256 } from './digest'

// What both of a passkey's ceremonies hand over: the browser's client data, and the authenticator's own data.

export type Ceremony = {
  readonly type: 'webauthn.create' | 'webauthn.get'
  /** base64url. */
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
}

export type CeremonyRefusal =
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

type ClientData = Readonly<Record<string, unknown>>

/** Web Authentication Level 3, sections 7.1 (steps 7 to 12) and 7.2 (steps 10 to 15), in their order. */
export function checkClientData(bytes: Uint8Array, expected: Omit<Ceremony, 'rpId'>): CeremonyRefusal | null {
  const clientData = readClientData(bytes)
  if (clientData === null) return 'malformed_client_data'
  if (clientData.type !== expected.type) return 'wrong_type'
  if (clientData.challenge !== expected.challenge) return 'wrong_challenge'
  if (clientData.origin !== expected.origin) return 'wrong_origin'
  const isFramed =
    clientData.topOrigin !== undefined ||
    (clientData.crossOrigin !== undefined && clientData.crossOrigin !== false)
  return isFramed ? 'cross_origin' : null
}

/** clientDataJSON is written by the browser, so it's any JSON: only its raw bytes are hashed, and unknown keys are fine. */
export function readClientData(bytes: Uint8Array): ClientData | null {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

/** Flags of authenticator data, section 6.1. */
export const FLAGS = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attestedCredential: 0x40,
} as const

/** rpIdHash (32 bytes), flags (1), signCount (4); what may follow is the ceremony's own. */
export const AUTHENTICATOR_HEAD = 37

/** Sections 7.1 (steps 14 to 18) and 7.2 (steps 16 to 20). */
export function checkAuthenticatorData(authData: Uint8Array, rpId: string): CeremonyRefusal | null {
  const flags = authData[32]
  if (authData.length < AUTHENTICATOR_HEAD || flags === undefined) return 'malformed_authenticator_data'
  if (!equal(authData.subarray(0, 32), sha256(utf8(rpId)))) return 'wrong_rp_id'
  if ((flags & FLAGS.userPresent) === 0) return 'user_not_present'
  if ((flags & FLAGS.userVerified) === 0) return 'user_not_verified'
  const isImpossible = (flags & FLAGS.backedUp) !== 0 && (flags & FLAGS.backupEligible) === 0
  return isImpossible ? 'backup_state_impossible' : null
}
