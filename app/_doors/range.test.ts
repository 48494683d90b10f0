import { describe, expect, it, test } from 'vitest'
import { rangeOf } from './range'

const ask = (range: string | null, ifRange: string | null = null) => rangeOf(range, ifRange, '"abc"', 1_000)

describe('a part of a file', () => {
  test.each([
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=500-', { start: 500, end: 999 }],
    ['bytes=500-599', { start: 500, end: 599 }],
    ['bytes=900-5000', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
  ])('%s', (range, expected) => expect(ask(range)).toEqual(expected))

  test.each(['bytes=1000-', 'bytes=-0'])('%s is none', (range) => expect(ask(range)).toBe('unsatisfiable'))

  test.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-1', 'bytes=0-1,5-9', 'lines=0-1', 'bytes=a-b'])(
    '%s asks for the whole',
    (range) => expect(ask(range)).toBeNull(),
  )
  it('goes on only while the file is the same', () => {
    expect(ask('bytes=5-', '"abc"')).toEqual({ start: 5, end: 999 })
    expect(ask('bytes=5-', '"abd"')).toBeNull()
  })
})
