import { describe, expect, it } from 'vitest'
import { newId, newSalt } from './ids'

describe('what can’t be guessed', () => {
  it('an id is its prefix, its moment and sixty bits of chance; a salt is a hundred and twenty-eight', () => {
    expect(newId('req')).toMatch(/^req_[0-9a-hjkmnp-tv-z]{22}$/)
    expect(Buffer.from(newSalt(), 'base64url').length).toBe(16)
  })

  it('no two are the same, however they alternate', () => {
    const made = Array.from({ length: 20_000 }, (_, index) =>
      index % 3 ? newSalt() : newId('req').slice(14),
    )
    expect(new Set(made).size).toBe(made.length)
    // Nor does a piece of one come back at the same place of another, as it would if a byte were given twice.
    expect(new Set(made.map((each) => each.slice(0, 8))).size).toBeGreaterThan(made.length - 3)
  })
})
