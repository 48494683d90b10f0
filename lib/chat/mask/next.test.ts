import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { busyFor } from '../busy.test-support'
import { next } from './next'

describe('where something is next met', () => {
  it('is what a search from there finds, in whatever order it is asked', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ';', '\\', 'n'), maxLength: 40 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 20 }), (given, places) => {
        const from = next(given, /;|\\n/)
        for (const place of places.filter((each) => each <= given.length)) {
          const found = given.slice(place).search(/;|\\n/)
          expect(from(place)).toBe(found === -1 ? given.length : place + found)
        }
      }),
    )
  })

  it('costs one reading of the text, however often it is asked from left to right', async () => {
    const text = 'a'.repeat(1_000_000)
    const from = next(text, /;/)
    const busy = await busyFor(() => {
      for (let place = 0; place < text.length; place += 3) from(place)
    })
    expect(busy).toBeLessThan(1_000)
  })
})
