'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnswersView, Moment, Replay } from '@/lib/audit/view'
import { get } from '../api'

export function useAnswers(caseId: string, request: string) {
  return useQuery({
    queryKey: ['answers', caseId, request],
    queryFn: ({ signal }) => get<AnswersView>(`/api/v1/cases/${caseId}/actions/${request}/answers`, signal),
    retry: false,
  })
}

export function useReplay(caseId: string) {
  return useQuery({
    queryKey: ['replay', caseId],
    queryFn: ({ signal }) => get<Replay>(`/api/v1/cases/${caseId}/replay`, signal),
    retry: false,
  })
}

/** What has happened stays as it was: a moment that was fetched once is not asked for again. */
export function useMoment(caseId: string, seq: number | null) {
  return useQuery({
    queryKey: ['replay', caseId, seq],
    queryFn: ({ signal }) => get<Moment>(`/api/v1/cases/${caseId}/replay/${seq}`, signal),
    enabled: seq !== null,
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  })
}
