'use client'

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { CasePage } from '@/lib/act/view/case'
import { get } from '../api'

export const VIEWS = [
  [
    'waiting',
    'Waiting for me',
    'Nothing waits for you',
    'What needs your decision or your work comes here by itself.',
  ],
  [
    'mine',
    'Mine',
    'No case is yours',
    'Take one from Unassigned: open it and press a, then choose yourself.',
  ],
  [
    'unassigned',
    'Unassigned',
    'Every open case has somebody',
    'New findings arrive here when they are promoted from chat.',
  ],
  ['open', 'All open', 'No open case', 'Promote a chat message that needs somebody to answer for it.'],
  [
    'closed',
    'Closed',
    'No case was closed yet',
    'A closed case stays readable for ever, and can be reopened with a reason.',
  ],
] as const
export type View = (typeof VIEWS)[number][0]

/** `due`: `overdue`, or empty for any. */
export type Filters = { view: View; q: string; severity: string; stage: string; due: string }

/** The filters as the page's address states them. */
export function filtersOf(params: URLSearchParams): Filters {
  const view = VIEWS.find(([id]) => id === params.get('view'))?.[0] ?? 'waiting'
  return {
    view,
    q: params.get('q') ?? '',
    severity: params.get('severity') ?? '',
    stage: params.get('stage') ?? '',
    due: params.get('due') === 'overdue' ? 'overdue' : '',
  }
}

export function useCases(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['cases', filters],
    queryFn: ({ pageParam, signal }) => get<CasePage>(`/api/v1/cases?${queryOf(filters, pageParam)}`, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

/** The API's query string: only what is set. */
export function queryOf(filters: Filters, after: string): string {
  const set = Object.entries({ ...filters, after }).filter(([, value]) => value !== '')
  return new URLSearchParams(set).toString()
}

/** A comma-separated list with one value put in or taken out. */
export function toggled(list: string, value: string): string {
  const values = list.split(',').filter(Boolean)
  return (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]).join(',')
}
