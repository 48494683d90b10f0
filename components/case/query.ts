'use client'

import { useQuery } from '@tanstack/react-query'
import type { CaseFile } from '@/lib/act/view/case'
import { get } from '../api'

export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => get<CaseFile>(`/api/v1/cases/${id}`, signal),
  })
}
