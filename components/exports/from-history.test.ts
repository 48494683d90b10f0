import { expect, test } from 'vitest'
import { filtersOf } from '../history/query'
import { exportLink, filterOf, periodOf } from './from-history'

const link = (query: string) => exportLink(filtersOf(new URLSearchParams(query)))

test('the history leads to an export of what it shows', () => {
  expect(link('')).toEqual({ href: '/exports?new=yes', label: 'Export a period, or more' })
  expect(link('actor=usr_ada&from=2026-05-04')).toEqual({
    href: '/exports?new=history&actor=usr_ada&from=2026-05-04',
    label: 'Export these cases',
  })
  expect(link('from=2026-05-04&to=2026-05-05')).toEqual({
    href: '/exports?new=period&from=2026-05-04&to=2026-05-05',
    label: 'Export this period',
  })
  expect(link('kind=nhi').label).toBe('Export a period, or more')
})

test('a period fills in the form, and nothing else does', () => {
  expect(periodOf(new URLSearchParams('new=period&from=2026-05-04&to=2026-05-05'))).toEqual({
    ...{ scope: 'period', from: '2026-05-04', to: '2026-05-05' },
  })
  expect(periodOf(new URLSearchParams('new=yes&from=2026-05-04&to=2026-05-05'))).toBeUndefined()
})

test('what is empty is no filter', () => {
  expect(filterOf(filtersOf(new URLSearchParams('actor=usr_ada')))).toEqual({ actor: 'usr_ada' })
})
