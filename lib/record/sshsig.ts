import { fromBase64, toBase64 } from './base64'
import { concat, equal, fromUtf8, u32, utf8 } from './bytes'
import { sha512 } from './digest'
import { malformed } from './malformed'
import { type Ed25519Signer, ed25519Verify } from './signature'
import { sshString, sshStrings } from './ssh-wire'

// OpenSSH's PROTOCOL.sshsig: what `ssh-keygen -Y sign` and `-Y verify` read and write. Ed25519 keys only.

/** What the signature is for: one made for anything else does not pass as a bundle's. */
export const BUNDLE_NAMESPACE = 'onrecord-bundle@v1'

const KEY_TYPE = utf8('ssh-ed25519')
const MAGIC = utf8('SSHSIG')
const NOTHING = new Uint8Array(0)
const BEGIN = '-----BEGIN SSH SIGNATURE-----'
const END = '-----END SSH SIGNATURE-----'

/** The armoured signature over the message. */
export function sshsigSign(signer: Ed25519Signer, namespace: string, message: Uint8Array): string {
  const signature = signer.sign(signedData(namespace, 'sha512', sha512(message)))
  const blob = concat(
    MAGIC,
    u32(1),
    sshString(publicKeyBlob(signer.publicKey)),
    sshString(utf8(namespace)),
    sshString(NOTHING),
    sshString(utf8('sha512')),
    sshString(concat(sshString(KEY_TYPE), sshString(signature))),
  )
  const lines = toBase64(blob).match(/.{1,70}/g) ?? []
  return `${[BEGIN, ...lines, END].join('\n')}\n`
}

// "SSHSIG" || namespace || reserved || hash algorithm || H(message), each but the first as an SSH string.
function signedData(namespace: string, algorithm: string, digest: Uint8Array): Uint8Array {
  const strings = [utf8(namespace), NOTHING, utf8(algorithm), digest]
  return concat(MAGIC, ...strings.map(sshString))
}

export type Sshsig = {
  /** The 32 bytes of the Ed25519 key that claims the signature. */
  readonly publicKey: Uint8Array
  readonly namespace: string
  readonly signature: Uint8Array
}

/** @throws Malformed `bad_sshsig`, `bad_ssh_wire`, `invalid_base64` */
export function parseSshsig(armoured: string): Sshsig {
  const [, body] =
    new RegExp(`^${BEGIN}\\r?\\n([A-Za-z0-9+/=\\r\\n]+)\\r?\\n${END}\\s*$`).exec(armoured) ?? []
  if (body === undefined) throw badSshsig('It has no armour.')
  const blob = fromBase64(body.replace(/[\r\n]/g, ''))
  if (!equal(blob.subarray(0, 10), concat(MAGIC, u32(1)))) throw badSshsig('It is not of version 1.')
  const [key = NOTHING, namespace = NOTHING, , algorithm = NOTHING, inner = NOTHING] = sshStrings(
    blob.subarray(10),
    5,
  )
  if (fromUtf8(algorithm) !== 'sha512') throw badSshsig('Its digest is not SHA-512.')
  const [type = NOTHING, signature = NOTHING] = sshStrings(inner, 2)
  if (!equal(type, KEY_TYPE)) throw badSshsig('It is not an Ed25519 signature.')
  return { publicKey: parsePublicKeyBlob(key), namespace: fromUtf8(namespace), signature }
}

/** Whether the signature is good for this message and namespace. Whose key it is, is another question. */
export function sshsigVerify(sshsig: Sshsig, namespace: string, message: Uint8Array): boolean {
  if (sshsig.namespace !== namespace) return false
  return ed25519Verify(sshsig.publicKey, signedData(namespace, 'sha512', sha512(message)), sshsig.signature)
}

function publicKeyBlob(publicKey: Uint8Array): Uint8Array {
  return concat(sshString(KEY_TYPE), sshString(publicKey))
}

function parsePublicKeyBlob(blob: Uint8Array): Uint8Array {
  const [type = NOTHING, publicKey = NOTHING] = sshStrings(blob, 2)
  if (!equal(type, KEY_TYPE) || publicKey.length !== 32) throw badSshsig('Its key is not an Ed25519 key.')
  return publicKey
}

/** One line for `ssh-keygen`'s ALLOWED SIGNERS file: this key may sign bundles as `principal`, and nothing else. */
export function allowedSignersLine(principal: string, publicKey: Uint8Array): string {
  return `${principal} namespaces="${BUNDLE_NAMESPACE}" ssh-ed25519 ${toBase64(publicKeyBlob(publicKey))}\n`
}

export type AllowedSigner = { readonly principal: string; readonly publicKey: Uint8Array }

/** The Ed25519 keys that an ALLOWED SIGNERS file lets sign bundles. Lines with other options or keys are passed over. */
export function parseAllowedSigners(text: string): AllowedSigner[] {
  return text.split('\n').flatMap((line) => {
    const found = /^(\S+)\s+(?:namespaces="([^"]*)"\s+)?ssh-ed25519\s+(\S+)/.exec(line.trim())
    const [, principal, namespaces = BUNDLE_NAMESPACE, encoded] = found ?? []
    if (principal === undefined || encoded === undefined || principal.startsWith('#')) return []
    if (!namespaces.split(',').includes(BUNDLE_NAMESPACE)) return []
    return [{ principal, publicKey: parsePublicKeyBlob(fromBase64(encoded)) }]
  })
}

function badSshsig(why: string) {
  return malformed('bad_sshsig', `This is not an SSH signature made with Ed25519. ${why}`)
}
