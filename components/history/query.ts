'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { HistoryPage, SavedView } from '@/lib/act/view/entry'
import { get } from '../api'

export const FILTERS = ['q', 'case', 'actor', 'kind', 'type', 'outcome', 'from', 'to'] as const
export type Filters = Record<(typeof FILTERS)[number], string>

/** Kinds of events that an auditor asks for, as prefixes of their types. */
export const TYPES: readonly (readonly [string, string])[] = [
  ['approval.', 'Approvals and refusals'],
  ['action.', 'Actions'],
  ['warrant.', 'Warrants'],
  ['verification.', 'Verifications'],
  ['case.', 'Stages, closing, exports'],
  ['evidence.', 'Evidence'],
  ['exception.', 'Exceptions'],
  ['assignment.', 'Assignments'],
  ['nhi.', 'Identities'],
  ['owner.', 'Ownership'],
  ['member.', 'Members'],
  ['policy.activated', 'Policy sets'],
]

export const KINDS = [
  ['case', 'Cases'],
  ['nhi', 'Non-human identities'],
  ['registry', 'The organisation'],
] as const
export const OUTCOMES = [
  ['permitted', 'Permitted'],
  ['refused', 'Refused attempts'],
] as const

/** What the address says; a day that is none, typed by hand or cut off in a message, is left out. */
export function filtersOf(params: URLSearchParams): Filters {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ''])) as Filters
  return { ...filters, from: dayOf(filters.from), to: dayOf(filters.to) }
}

function dayOf(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000`)) ? text : ''
}

/** What a view keeps: the filters that are set, always in one order, so that two equal ones are the same text. */
export function viewQuery(filters: Filters): string {
  const set = FILTERS.filter((name) => filters[name]).map((name): [string, string] => [name, filters[name]])
  return new URLSearchParams(set).toString()
}

/** A view's address says what it shows, so that it can be passed on. */
export function addressOf({ id, query }: Pick<SavedView, 'id' | 'query'>): string {
  return `/history?view=${id}${query ? `&${query}` : ''}`
}

/** The API's query: days become instants in the reader's zone, `to` includes its day. */
export function queryOf(filters: Filters, after: string): string {
  const from = filters.from ? new Date(`${filters.from}T00:00:00.000`).toISOString() : ''
  const to = filters.to ? new Date(`${filters.to}T23:59:59.999`).toISOString() : ''
  const set = Object.entries({ ...filters, from, to, after }).filter(([, value]) => value !== '')
  return new URLSearchParams(set).toString()
}

export function useHistory(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['history', filters],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage>(`/api/v1/history?${queryOf(filters, pageParam)}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}
