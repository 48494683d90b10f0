import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from './base64'
import { fromHex, toHex, u64 } from './bytes'

describe('the spellings of bytes', () => {
  it('agree with the platform for all bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const reference = Buffer.from(bytes)
        expect(toBase64(bytes)).toBe(reference.toString('base64'))
        expect(toBase64Url(bytes)).toBe(reference.toString('base64url'))
        expect(toHex(bytes)).toBe(reference.toString('hex'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
        expect(fromHex(toHex(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each([
    'A',
    'AA',
    'AAA',
    'AB==',
    'AAB=',
    'A===',
    'AA=A',
    'AA==AA==',
    'AA==\n',
    ' AAA',
    'AA-_',
    'A=A=',
    'éééé',
  ])('has one spelling only: %j is not base64', (text) => {
    expect(() => fromBase64(text)).toThrow()
  })

  it.each(['A', 'AB', 'AAB', 'AA==', 'AA+/', 'AA AA'])(
    'has one spelling only: %j is not base64url',
    (text) => {
      expect(() => fromBase64Url(text)).toThrow()
    },
  )

  it.each(['0', 'AA', '0g'])('has one spelling only: %j is not hexadecimal', (text) => {
    expect(() => fromHex(text)).toThrow()
  })

  it('writes large numbers big-endian', () => {
    expect(toHex(u64(2 ** 53 - 1))).toBe('001fffffffffffff')
  })
})
