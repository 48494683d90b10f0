'use client'

import { useQuery } from '@tanstack/react-query'
import type { CaseFile, SearchHit } from '@/lib/act/view/case'
import { get } from '../api'

/** The id of the case with this number, or null. */
export async function idOfCase(number: string): Promise<string | null> {
  const { hits } = await get<{ hits: SearchHit[] }>(`/api/v1/search?q=${encodeURIComponent(number)}`)
  return hits.find((hit) => String(hit.case.number) === number.replace(/^№?\s*/, ''))?.case.id ?? null
}

/** The number of the case with this id, once it is known. */
export function useCaseNumber(id: string): string {
  const { data } = useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => get<CaseFile>(`/api/v1/cases/${id}`, signal),
    enabled: id.startsWith('case_'),
  })
  return data ? String(data.number) : id
}
