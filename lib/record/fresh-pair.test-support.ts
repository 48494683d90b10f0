import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/** By way of its encoding, for the reason that db/keys/fresh.ts gives: nothing here may wait for itself. */
export function freshPair(kind: 'P-256' | 'P-384' | 'Ed25519' | 'RSA' = 'P-256'): {
  privateKey: KeyObject
  publicKey: KeyObject
} {
  const key = kind === 'Ed25519' ? ed25519() : kind === 'RSA' ? rsa() : onCurve(kind)
  const privateKey = createPrivateKey({ key, type: 'pkcs8', format: 'der' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function onCurve(namedCurve: string): Buffer {
  return generateKeyPairSync('ec', {
    namedCurve,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  }).privateKey
}

function rsa(): Buffer {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  }).privateKey
}

/** RFC 8410, section 7: a fixed beginning, and any 32 bytes are a key. */
function ed25519(): Buffer {
  return Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), randomBytes(32)])
}
