import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromBase64Url } from './base64'
import { fromHex, toHex, utf8 } from './bytes'
import { runningSha256, sha256, sha256Hex } from './digest'
import { freshPair } from './fresh-pair.test-support'
import { ed25519Signer, ed25519Verify, verifySignature } from './signature'

describe('a digest', () => {
  it('is the one of FIPS 180-4', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(toHex(sha256(utf8('abc')))).toBe(sha256Hex('abc'))
  })

  it('is the same over a stream', () => {
    const running = runningSha256()
    running.update(utf8('a'))
    running.update(utf8('bc'))
    expect(running.hex()).toBe(sha256Hex('abc'))
  })
})

describe('an Ed25519 signature', () => {
  // RFC 8032 section 7.1, test 2.
  const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
  const publicKey = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
  const message = fromHex('72')
  const signature = fromHex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  )

  it('is the one of RFC 8032', () => {
    const signer = ed25519Signer(seed)
    expect(signer.publicKey).toEqual(publicKey)
    expect(signer.sign(message)).toEqual(signature)
    expect(ed25519Verify(publicKey, message, signature)).toBe(true)
  })

  it('fails for another message, key or length, without an exception', () => {
    expect(ed25519Verify(publicKey, fromHex('73'), signature)).toBe(false)
    expect(ed25519Verify(sha256('other'), message, signature)).toBe(false)
    expect(ed25519Verify(publicKey, message, signature.subarray(1))).toBe(false)
    expect(ed25519Verify(publicKey.subarray(1), message, signature)).toBe(false)
    expect(ed25519Verify(new Uint8Array(0), message, new Uint8Array(0))).toBe(false)
  })
})

describe('a P-256 signature', () => {
  const { privateKey, publicKey } = freshPair()
  const jwk = publicKey.export({ format: 'jwk' })
  const key = { alg: 'ES256', x: fromBase64Url(jwk.x ?? ''), y: fromBase64Url(jwk.y ?? '') } as const
  const message = utf8('what was signed')
  const der = sign('sha256', message, privateKey)
  const raw = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })

  it('is good in the spelling that was asked for, and in no other', () => {
    expect(verifySignature(key, message, der, 'der')).toBe(true)
    expect(verifySignature(key, message, raw, 'raw')).toBe(true)
    expect(verifySignature(key, message, der, 'raw')).toBe(false)
    expect(verifySignature(key, message, raw, 'der')).toBe(false)
  })

  it('fails for another message, and for a point that is not on the curve', () => {
    expect(verifySignature(key, utf8('else'), der, 'der')).toBe(false)
    expect(verifySignature({ ...key, y: key.x }, message, der, 'der')).toBe(false)
  })
})
