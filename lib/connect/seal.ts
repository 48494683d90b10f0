import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose'

const ALG = 'ECDH-ES+A256KW'
const ENC = 'A256GCM'

/**
 * Encrypts a secret to an executor's enrolled `enc` key (P-256): RFC 7516 compact form, ECDH-ES+A256KW, A256GCM.
 * Whoever stores it can't read it; the executor that will try it can.
 */
export async function seal(secret: string, publicKey: JWK): Promise<string> {
  if (publicKey.kty !== 'EC' || publicKey.crv !== 'P-256')
    throw new TypeError('A sealing key is an EC key on P-256.')
  const { kty, crv, x, y, kid } = publicKey
  const key = await importJWK({ kty, crv, x, y } as JWK, ALG)
  return new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: ALG, enc: ENC, ...(kid ? { kid } : {}) })
    .encrypt(key)
}

/** @throws when it was sealed to another key, changed since, or made in another way */
export async function open(jwe: string, privateKey: JWK): Promise<string> {
  const key = await importJWK(privateKey, ALG)
  const { plaintext } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [ALG],
    contentEncryptionAlgorithms: [ENC],
  })
  return new TextDecoder('utf-8', { fatal: true }).decode(plaintext)
}
