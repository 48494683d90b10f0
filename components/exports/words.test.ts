import { expect, test } from 'vitest'
import { coverage, interruption, share, shortDigest, stepWords } from './words'

const nothing = { case: null, filter: null, streams: null, from: null, to: null }

test('an export says what it covers', () => {
  expect(coverage({ ...nothing, scope: 'everything' })).toBe('The whole record')
  expect(coverage({ ...nothing, scope: 'case', case: { id: 'case_1', number: 1007, title: 'Leak' } })).toBe(
    '№ 1007 Leak',
  )
  expect(coverage({ ...nothing, scope: 'cases', streams: 3, filter: 'closed' })).toBe('3 cases (closed)')
  expect(coverage({ ...nothing, scope: 'cases', streams: 1 })).toBe('1 case')
})

test('a period ends with its last day, not with the moment after it', () => {
  const period = (from: Date, to: Date) =>
    coverage({ ...nothing, scope: 'period', from: from.toISOString(), to: to.toISOString() })
  expect(period(new Date(2026, 2, 1), new Date(2026, 3, 1))).toMatch(/1.*to.*31/)
  expect(period(new Date(2026, 2, 1), new Date(2026, 2, 2))).toMatch(/^What happened on .*1/)
})

test('how far it is, is known once the events are counted', () => {
  expect(share({ events: { done: 0, total: 0 } })).toBeNull()
  expect(share({ events: { done: 5, total: 10 } })).toBe(0.5)
  expect(stepWords({ status: 'waiting', step: null })).toBe('Waiting for its turn')
  expect(stepWords({ status: 'writing', step: 'a later step' })).toBe('Being written')
})

test('an export that was interrupted says so, and that nothing is lost', () => {
  expect(interruption({ interrupted: 0 })).toBeNull()
  expect(interruption({ interrupted: 2 })).toBe(
    'Taken up again after 2 interruptions. The events are the same.',
  )
})

test('a digest is short enough to compare by eye', () => {
  expect(shortDigest('0123456789abcdef'.repeat(4))).toBe('01234567 89abcdef…')
})
