'use client'

import { useQuery } from '@tanstack/react-query'
import type { PasskeysView } from '@/lib/act/view/passkey'
import { get } from '../api'

/** One's own passkeys, or those of a member, as administrators and auditors see them. */
export function usePasskeys(of: string | null = null) {
  return useQuery({
    queryKey: ['passkeys', of],
    queryFn: ({ signal }) =>
      get<PasskeysView>(`/api/v1/passkeys${of ? `?of=${encodeURIComponent(of)}` : ''}`, signal),
    staleTime: 60_000,
  })
}
