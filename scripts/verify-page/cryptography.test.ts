import { sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64Url } from '../../lib/record/base64'
import * as nodeDigest from '../../lib/record/digest'
import { freshPair } from '../../lib/record/fresh-pair.test-support'
import * as nodeSignature from '../../lib/record/signature'
import * as browserDigest from './digest'
import * as browserSignature from './signature'

// What the page swaps in has the same functions ...
browserDigest satisfies typeof nodeDigest
browserSignature satisfies typeof nodeSignature

// ... and the same answers.
describe('in a browser', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })

  const digestsAreThoseOfNode = () => {
    fc.assert(
      fc.property(fc.oneof(bytes, fc.string({ unit: 'grapheme' })), (data) => {
        expect(browserDigest.sha256(data)).toEqual(nodeDigest.sha256(data))
        expect(browserDigest.sha256Hex(data)).toBe(nodeDigest.sha256Hex(data))
      }),
    )
    fc.assert(
      fc.property(bytes, fc.array(bytes), (data, chunks) => {
        expect(browserDigest.sha512(data)).toEqual(nodeDigest.sha512(data))
        const [browser, node] = [browserDigest.runningSha256(), nodeDigest.runningSha256()]
        for (const chunk of chunks) {
          browser.update(chunk)
          node.update(chunk)
          // Others ask in between.
          expect(browserDigest.sha256(data)).toEqual(nodeDigest.sha256(data))
        }
        expect(browser.hex()).toBe(node.hex())
      }),
    )
  }

  it('digests are those of Node where WebAssembly is forbidden', digestsAreThoseOfNode)

  it('digests are those of Node where WebAssembly may run', async () => {
    await browserDigest.quicken()
    digestsAreThoseOfNode()
    const long = new Uint8Array(100_000).fill(7)
    expect(browserDigest.sha256Hex(long)).toBe(nodeDigest.sha256Hex(long))
  })

  it('an Ed25519 signature stands or falls as in Node, one changed bit and all', () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(seed, bytes, fc.nat(511), (secret, message, bit) => {
        const signer = nodeSignature.ed25519Signer(secret)
        const same = browserSignature.ed25519Signer(secret)
        expect(same.publicKey).toEqual(signer.publicKey)
        const signature = signer.sign(message)
        expect(same.sign(message)).toEqual(signature)
        for (const made of [signature, flipped(signature, bit), signature.subarray(1)]) {
          const expected = nodeSignature.ed25519Verify(signer.publicKey, message, made)
          expect(browserSignature.ed25519Verify(signer.publicKey, message, made)).toBe(expected)
        }
      }),
      { numRuns: 30 },
    )
  })

  it.each(['der', 'raw'] as const)('a P-256 signature (%s) stands or falls as in Node', (format) => {
    const { privateKey, publicKey } = freshPair()
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const key = { alg: 'ES256', x: fromBase64Url(x), y: fromBase64Url(y) } as const
    fc.assert(
      fc.property(bytes, fc.nat(511), (message, bit) => {
        const dsaEncoding = format === 'raw' ? 'ieee-p1363' : 'der'
        const signature = new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding }))
        expect(browserSignature.verifySignature(key, message, signature, format)).toBe(true)
        for (const made of [flipped(signature, bit), signature.subarray(1), new Uint8Array(64)]) {
          const expected = nodeSignature.verifySignature(key, message, made, format)
          expect(browserSignature.verifySignature(key, message, made, format)).toBe(expected)
        }
        expect(browserSignature.verifySignature({ ...key, x: key.y }, message, signature, format)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })
})

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  const at = (bit >> 3) % copy.length
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7))
  return copy
}
