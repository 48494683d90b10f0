import {
  AUTHENTICATOR_HEAD,
  type Ceremony,
  type CeremonyRefusal,
  checkAuthenticatorData,
  checkClientData,
  FLAGS,
} from './authenticator'
import { toHex } from './bytes'
import { readCbor, readCborItem } from './cbor'
import { fromCose } from './cose'
import { orNull } from './malformed'
import type { PublicKey } from './signature'

/** What a browser hands over for a new passkey (`AuthenticatorAttestationResponse`). */
export type Registration = { readonly clientData: Uint8Array; readonly attestation: Uint8Array }

export type NewPasskey = {
  readonly credentialId: Uint8Array
  /** COSE_Key (RFC 9052), the exact bytes. */
  readonly cose: Uint8Array
  readonly key: PublicKey
  /** Authenticator data's flags, section 6.1. */
  readonly flags: number
  /** The authenticator's model, 16 bytes in hexadecimal; zeros where it doesn't say. */
  readonly aaguid: string
}

export type RegistrationRefusal =
  | CeremonyRefusal
  | 'malformed_attestation'
  | 'no_credential'
  | 'unsupported_key'

/**
 * Web Authentication Level 3, section 7.1. No attestation is asked for, so a statement about the authenticator's maker,
 * if one comes, is neither believed nor kept: what counts is that this person held this key, here and now.
 */
export function checkRegistration(
  { clientData, attestation }: Registration,
  expected: Omit<Ceremony, 'type'>,
): NewPasskey | RegistrationRefusal {
  const refused = checkClientData(clientData, { ...expected, type: 'webauthn.create' })
  if (refused) return refused
  const authData = authDataIn(attestation)
  if (!authData) return 'malformed_attestation'
  return checkAuthenticatorData(authData, expected.rpId) ?? newPasskey(authData)
}

function authDataIn(attestation: Uint8Array): Uint8Array | null {
  const fields = orNull(() => readCbor(attestation))
  const authData = fields instanceof Map ? fields.get('authData') : null
  return authData instanceof Uint8Array ? authData : null
}

/** Section 6.5.1: aaguid (16 bytes), length of the credential id (2), the credential id, the COSE_Key; then extensions. */
function newPasskey(authData: Uint8Array): NewPasskey | RegistrationRefusal {
  const flags = authData[32] ?? 0
  const idAt = AUTHENTICATOR_HEAD + 18
  if ((flags & FLAGS.attestedCredential) === 0 || authData.length < idAt) return 'no_credential'
  const idLength = (authData[idAt - 2] ?? 0) * 256 + (authData[idAt - 1] ?? 0)
  const keyAt = idAt + idLength
  if (idLength < 1 || idLength > 1_023 || keyAt >= authData.length) return 'no_credential'
  const end = orNull(() => readCborItem(authData, keyAt).end)
  if (end === null) return 'malformed_attestation'
  const cose = authData.slice(keyAt, end)
  const key = orNull(() => fromCose(cose))
  if (!key) return 'unsupported_key'
  const aaguid = toHex(authData.subarray(AUTHENTICATOR_HEAD, AUTHENTICATOR_HEAD + 16))
  return { credentialId: authData.slice(idAt, keyAt), cose, key, flags, aaguid }
}
