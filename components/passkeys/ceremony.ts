'use client'

import { fromBase64Url, toBase64Url } from '@/lib/record/base64'
import { utf8 } from '@/lib/record/bytes'

/** What POST /api/v1/passkeys/challenge answers: `PublicKeyCredentialCreationOptions`, bytes as base64url. */
export type CreationOptions = Omit<
  PublicKeyCredentialCreationOptions,
  'challenge' | 'user' | 'excludeCredentials'
> & {
  challenge: string
  user: Omit<PublicKeyCredentialUserEntity, 'id'> & { id: string }
  excludeCredentials: { type: 'public-key'; id: string }[]
}

/** What a passkey is asked to sign with. */
export type Holder = {
  rp_id: string
  passkeys: readonly { credential_id: string; transports: readonly string[] }[]
}

/** Has the browser make a passkey: the answer is what the API takes. @throws DOMException */
export async function makePasskey(options: CreationOptions) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map((each) => ({ ...each, id: bytes(each.id) })),
  }
  const made = (await credentials().create({ publicKey })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    client_data: text(response.clientDataJSON),
    attestation: text(response.attestationObject),
    transports: response.getTransports(),
  }
}

/**
 * Has a passkey sign these bytes: the challenge is their SHA-256, so that the signature is about them and nothing else.
 * @throws DOMException
 */
export async function signWithPasskey(statement: string, { rp_id, passkeys }: Holder) {
  const challenge = await crypto.subtle.digest('SHA-256', new Uint8Array(utf8(statement)))
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge,
    rpId: rp_id,
    userVerification: 'required',
    timeout: 120_000,
    allowCredentials: passkeys.map(({ credential_id, transports }) => ({
      type: 'public-key',
      id: bytes(credential_id),
      transports: transports as AuthenticatorTransport[],
    })),
  }
  const signed = (await credentials().get({ publicKey })) as PublicKeyCredential
  const response = signed.response as AuthenticatorAssertionResponse
  return {
    credential_id: text(signed.rawId),
    client_data: text(response.clientDataJSON),
    auth_data: text(response.authenticatorData),
    signature: text(response.signature),
  }
}

/** Browsers have it in secure contexts alone: over TLS, or on one's own machine. */
function credentials(): CredentialsContainer {
  if (!('PublicKeyCredential' in window)) throw new DOMException('no passkeys here', 'UnknownBrowserError')
  return navigator.credentials
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromBase64Url(base64url))
}

function text(buffer: ArrayBuffer): string {
  return toBase64Url(new Uint8Array(buffer))
}
