import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { toBase64Url } from './base64'
import { concat, fromHex, u32, utf8 } from './bytes'
import { sha256 } from './digest'
import { freshPair } from './fresh-pair.test-support'

/** An authenticator and its browser in software: what tests do with it, a thief's could do too. */
export type SoftKey = {
  readonly alg: 'ES256' | 'EdDSA'
  readonly privateKey: KeyObject
  readonly credentialId: Uint8Array
  readonly cose: Uint8Array
}

/** What a ceremony is made with; tests change one thing at a time. */
export type Making = {
  readonly challenge: string
  readonly origin: string
  readonly rpId: string
  readonly flags?: number
  readonly clientData?: object
}

export const UP = 0x01
const UP_UV = 0x05
const ATTESTED = 0x40

export function softKey(alg: SoftKey['alg'] = 'ES256'): SoftKey {
  const { privateKey } = freshPair(alg === 'ES256' ? 'P-256' : 'Ed25519')
  const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  // Maps of COSE (RFC 9052, RFC 9053), spelled out: {1: 2, 3: -7, -1: 1, -2: x, -3: y} and {1: 1, 3: -8, -1: 6, -2: x}.
  const cose =
    alg === 'ES256'
      ? concat(fromHex('a5010203262001215820'), bytes(x), fromHex('225820'), bytes(y))
      : concat(fromHex('a4010103272006215820'), bytes(x))
  return { alg, privateKey, credentialId: new Uint8Array(randomBytes(32)), cose }
}

/** What `navigator.credentials.create` answers with. */
export function registers(key: SoftKey, { flags = UP_UV, ...making }: Making) {
  const { credentialId, cose } = key
  const id = concat(new Uint8Array(16), u32(credentialId.length).subarray(2), credentialId)
  const authData = concat(headOf(making.rpId, flags | ATTESTED), id, cose)
  return { clientData: clientDataOf('webauthn.create', making), attestation: attestationOf(authData) }
}

/** {"fmt": "none", "attStmt": {}, "authData": bytes} */
export function attestationOf(authData: Uint8Array): Uint8Array {
  const head = fromHex('a363666d74646e6f6e656761747453746d74a0686175746844617461')
  return concat(head, new Uint8Array([0x59, authData.length >> 8, authData.length & 255]), authData)
}

/** What `navigator.credentials.get` answers with. */
export function signs(key: SoftKey, { flags = UP_UV, ...making }: Making) {
  const clientData = clientDataOf('webauthn.get', making)
  const authData = headOf(making.rpId, flags)
  const signed = concat(authData, sha256(clientData))
  const signature = sign(key.alg === 'ES256' ? 'sha256' : null, signed, key.privateKey)
  return { clientData, authData, signature: new Uint8Array(signature) }
}

/** The assertion as it is sent to approve this statement. */
export function approves(
  key: SoftKey,
  statement: string,
  making: Partial<Making> & Pick<Making, 'origin' | 'rpId'>,
) {
  const challenge = createHash('sha256').update(statement).digest('base64url')
  const { clientData, authData, signature } = signs(key, { challenge, ...making })
  return {
    credential_id: toBase64Url(key.credentialId),
    client_data: toBase64Url(clientData),
    auth_data: toBase64Url(authData),
    signature: toBase64Url(signature),
  }
}

function headOf(rpId: string, flags: number): Uint8Array {
  return concat(sha256(utf8(rpId)), new Uint8Array([flags]), u32(0))
}

function clientDataOf(type: string, { challenge, origin, clientData }: Making): Uint8Array {
  return utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...clientData }))
}
