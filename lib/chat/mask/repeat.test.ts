import { describe, expect, it } from 'vitest'
import type { Finding } from './finding'
import { repeats } from './repeat'

const finding = (value: string): Finding => ({
  start: 0,
  end: value.length,
  kind: 'password',
  name: 'password',
  where: null,
  value,
  rank: 1,
})

describe('a secret that is said again', () => {
  it('C58 is met each time, two hundred thousand times if need be', () => {
    const text = 'hunter2!'.repeat(200_000)
    expect(repeats(text, [finding('hunter2!')])).toHaveLength(200_000)
  })

  it('is no finding of its own where another one holds it: together they are no more than the text has places', () => {
    const nested = Array.from({ length: 190 }, (_, more) => finding('a'.repeat(8 + more)))
    const found = repeats('a'.repeat(100_000), nested)
    expect(found.length).toBeLessThan(600)
    expect(Math.max(...found.map(({ end }) => end))).toBe(100_000)
  })

  it('is named by the one that knows more, and reaches as far as both', () => {
    const token = { ...finding('abcd-1234'), kind: 'token', rank: 3 }
    const found = repeats('say abcd-1234-wxyz', [finding('1234-wxyz'), token, finding('abcd-123')])
    expect(found.map(({ kind, start, end }) => [kind, start, end])).toEqual([
      ['token', 4, 13],
      ['password', 9, 18],
    ])
  })
})
