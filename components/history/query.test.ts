import { expect, test } from 'vitest'
import { addressOf, filtersOf, queryOf, viewQuery } from './query'

const NOTHING = { q: '', case: '', actor: '', kind: '', type: '', outcome: '', from: '', to: '' }

test('the filters are the address', () => {
  expect(filtersOf(new URLSearchParams('actor=usr_ada&view=x'))).toEqual({
    ...NOTHING,
    actor: 'usr_ada',
  })
})

test('what is no day in an address is left out of it, and nothing breaks', () => {
  const cut = filtersOf(new URLSearchParams('from=2026-05-0&to=2026-13-01&q=key'))
  expect(cut).toEqual({ ...NOTHING, q: 'key' })
  expect(queryOf(cut, '')).toBe('q=key')
})

test('a day ends with its last millisecond', () => {
  const query = new URLSearchParams(queryOf({ ...NOTHING, from: '2026-05-04', to: '2026-05-04' }, ''))
  expect(Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')).toBe(86_399_999)
  expect(query.has('actor')).toBe(false)
})

test('a view’s address holds its filters, and equal filters are the same text', () => {
  const query = viewQuery({ ...NOTHING, outcome: 'refused', q: 'svc orders' })
  expect(query).toBe('q=svc+orders&outcome=refused')
  const address = addressOf({ id: 'view_1', query })
  const again = filtersOf(new URLSearchParams(address.split('?')[1]))
  expect(viewQuery(again)).toBe(query)
})
