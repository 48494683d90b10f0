import { expect, test } from 'vitest'
import { filtersOf, queryOf } from './query'

test('the filters are the address', () => {
  expect(filtersOf(new URLSearchParams('actor=usr_ada&view=x'))).toEqual({
    case: '',
    actor: 'usr_ada',
    type: '',
    from: '',
    to: '',
    q: '',
  })
})

test('a day ends with its last millisecond', () => {
  const query = new URLSearchParams(
    queryOf({ case: '', actor: '', type: '', from: '2026-05-04', to: '2026-05-04', q: '' }, ''),
  )
  expect(Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')).toBe(86_399_999)
  expect(query.has('actor')).toBe(false)
})
