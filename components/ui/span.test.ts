import { expect, test } from 'vitest'
import { relative, size, span, utc } from './span'

const now = Date.parse('2026-05-04T12:00:00.000Z')

test('a length of time shows the units that matter', () => {
  expect(span(30_000)).toBe('under 1 min')
  expect(span(12 * 60_000)).toBe('12 min')
  expect(span(100 * 60_000)).toBe('1 h 40 min')
  expect(span(5.5 * 3_600_000)).toBe('5 h')
  expect(span(26 * 3_600_000)).toBe('1 d 2 h')
})

test('a time is said from where the reader stands', () => {
  expect(relative('2026-05-04T11:56:00.000Z', now)).toBe('4 min ago')
  expect(relative('2026-05-04T15:00:00.000Z', now)).toBe('in 3 h')
  expect(relative('2026-05-04T12:00:10.000Z', now)).toBe('just now')
})

test('on hover a time is UTC to the second', () => {
  expect(utc('2026-05-04T09:12:33.123Z')).toBe('2026-05-04 09:12:33 UTC')
})

test('sizes are readable', () => {
  expect(size(812)).toBe('812 B')
  expect(size(1_400_000)).toBe('1.4 MB')
})
