'use client'

import { useQuery } from '@tanstack/react-query'
import type { ErasureDesk } from '@/lib/act/view/erasure'
import { get } from '../api'

/** `ask` is false where the reader may not see it anyway. */
export function useErasureDesk(ask = true) {
  return useQuery({
    enabled: ask,
    queryKey: ['erasure'],
    queryFn: ({ signal }) => get<ErasureDesk>('/api/v1/erasure', signal),
  })
}

export type Terms = { days: number; what: readonly string[]; except: readonly string[] }
export type Preview = { cases: number; messages: number; comments: number; evidence: number; held: number }

/** What a rule would erase today; asked anew whenever its terms change. */
export function usePreview({ days, what, except }: Terms) {
  const query = new URLSearchParams({ days: String(days), what: what.join(','), except: except.join(',') })
  return useQuery({
    enabled: Number.isInteger(days) && days > 0 && what.length > 0,
    queryKey: ['erasure', 'preview', query.toString()],
    queryFn: ({ signal }) => get<Preview>(`/api/v1/erasure/preview?${query}`, signal),
  })
}
