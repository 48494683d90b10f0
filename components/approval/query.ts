'use client'

import { useQuery } from '@tanstack/react-query'
import type { StatementView } from '@/lib/act/view/action'
import { get, post } from '../api'

export type Decision = 'approve' | 'refuse' | 'break-glass'

const address = (caseId: string, request: string, decision: Decision) =>
  `/api/v1/cases/${caseId}/actions/${request}/statement?decision=${decision}`

/** What is to be decided, with the exact bytes of the statement as shown. Not refreshed under the reader's eyes. */
export function useStatement(caseId: string, request: string) {
  return useQuery({
    queryKey: ['approval', caseId, request],
    queryFn: ({ signal }) => get<StatementView>(address(caseId, request, 'approve'), signal),
    refetchOnWindowFocus: false,
  })
}

/** A statement is good for ten minutes: one that stays on a page is made anew before that. */
const ANEW_MS = 8 * 60_000

/** The statement of an emergency, asked for once somebody thinks of one. What is shown of it is what is signed. */
export function useEmergencyStatement(caseId: string, request: string, isWanted: boolean) {
  return useQuery({
    queryKey: ['approval', caseId, request, 'break-glass'],
    queryFn: ({ signal }) => get<StatementView>(address(caseId, request, 'break-glass'), signal),
    enabled: isWanted,
    refetchOnWindowFocus: false,
    refetchInterval: ANEW_MS,
  })
}

/** The statement of the decision that is being sent. */
export function fetchStatement(caseId: string, request: string, decision: Decision) {
  return get<StatementView>(address(caseId, request, decision))
}

/** Where the organisation's provider asks the reader to sign in again, for exactly this statement. */
export async function askProvider(caseId: string, request: string, statement: string, dwellMs: number) {
  const address = `/api/v1/cases/${caseId}/actions/${request}/sign-in`
  const { location } = await post<{ location: string }>(address, { statement, dwell_ms: dwellMs })
  return location
}
