import type { Values } from '../form/form'
import { FILTERS, type Filters, queryOf, viewQuery } from '../history/query'

/** Where the history's own filters lead: the cases behind them; the same period; or the open question what to export. */
export function exportLink(filters: Filters): { href: string; label: string } {
  const { from, to, ...others } = filters
  const named = Object.values(others).some((value) => value !== '')
  if (named && (filters.kind === '' || filters.kind === 'case'))
    return { href: `/exports?new=history&${viewQuery(filters)}`, label: 'Export these cases' }
  if (!named && from && to)
    return { href: `/exports?new=period&${viewQuery(filters)}`, label: 'Export this period' }
  return { href: '/exports?new=yes', label: 'Export a period, or more' }
}

/** What the form for a period starts with, when a page leads there with one. */
export function periodOf(params: URLSearchParams): Values | undefined {
  const [from, to] = [params.get('from'), params.get('to')]
  return params.get('new') === 'period' && from && to ? { scope: 'period', from, to } : undefined
}

/** The filter as the API takes it: what is empty isn't there, days are instants. */
export function filterOf(filters: Filters): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(queryOf(filters, '')))
}

/** Closing the form leaves nothing of it in the address. */
export const CLOSED: Readonly<Record<string, null>> = Object.fromEntries(
  ['new', ...FILTERS].map((name) => [name, null]),
)
