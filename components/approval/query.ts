'use client'

import { useQuery } from '@tanstack/react-query'
import type { StatementView } from '@/lib/act/view'
import { get } from '../api'

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

/** The statement of the decision that is being sent. */
export function fetchStatement(caseId: string, request: string, decision: Decision) {
  return get<StatementView>(address(caseId, request, decision))
}
