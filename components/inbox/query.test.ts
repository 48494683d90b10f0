import { expect, test } from 'vitest'
import { filtersOf, queryOf, toggled } from './query'

test('an address without a view shows what waits for the reader', () => {
  expect(filtersOf(new URLSearchParams('view=nonsense'))).toEqual({
    view: 'waiting',
    q: '',
    severity: '',
    stage: '',
    due: '',
  })
  expect(filtersOf(new URLSearchParams('view=open&due=overdue')).due).toBe('overdue')
})

test('the API is asked only for what is set', () => {
  expect(queryOf({ view: 'open', q: '', severity: 'high,critical', stage: '', due: '' }, '')).toBe(
    'view=open&severity=high%2Ccritical',
  )
})

test('a filter is put in and taken out', () => {
  expect(toggled('', 'high')).toBe('high')
  expect(toggled('high,low', 'high')).toBe('low')
})
