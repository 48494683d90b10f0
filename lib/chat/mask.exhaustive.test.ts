import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../record/any-character.test-support'
import { busyFor } from './busy.test-support'
import { mask } from './mask'

const KEY = 'a fingerprint key of the organisation'

describe('a mask', () => {
  test('does not slow down with use', async () => {
    const batch = (from: number) =>
      busyFor(async () => {
        for (let run = from; run < from + 1_000; run++)
          await mask(`message ${run}, password=abcdef${run}`, KEY)
      })
    await batch(0)
    const early = await batch(1_000)
    for (const from of [2_000, 3_000, 4_000]) await batch(from)
    expect(await batch(5_000)).toBeLessThan(early * 3 + 200)
  })

  test('takes any text at all: no throw, and everything outside the masks is untouched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter, maxLength: 300 }), async (text) => {
        const masked = await mask(text, KEY)
        if (masked.secrets.length === 0) expect(masked.text).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })
})
