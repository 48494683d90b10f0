'use client'

import { useQuery } from '@tanstack/react-query'
import type { ApprovalRow } from '@/lib/act/view/action'
import { get } from '../api'

export function useApprovals() {
  return useQuery({
    queryKey: ['approvals'],
    queryFn: ({ signal }) => get<{ rows: ApprovalRow[] }>('/api/v1/approvals', signal),
    select: (body) => body.rows,
  })
}

/** How much waits for the reader, by place. */
export function useWaiting(): Record<string, number> {
  const approvals = useApprovals().data
  return { '/approvals': approvals?.filter((row) => row.mine).length ?? 0 }
}
