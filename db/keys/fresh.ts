import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'

/**
 * A fresh private P-256 key as a JWK (RFC 7517), without a kid. By way of its encoding: in Node 20 a fresh key shares a lock with
 * the job that made it, and exporting it as a JWK at the moment when that job is collected waits for itself for ever.
 */
export function freshP256(): JsonWebKey {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })
  return createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' }).export({ format: 'jwk' })
}
