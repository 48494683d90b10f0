'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { NhiRow } from '@/lib/act/view/nhi'
import type { MemberView } from '@/lib/act/view/person'
import type { NameOf } from '@/lib/telling/words'
import { get } from './api'

export function useMembers() {
  return useQuery({
    queryKey: ['members'],
    queryFn: ({ signal }) => get<{ members: MemberView[] }>('/api/v1/members', signal),
    staleTime: 5 * 60_000,
    select: (body) => body.members,
  })
}

export function useNhis() {
  return useQuery({
    queryKey: ['nhis'],
    queryFn: ({ signal }) => get<{ rows: NhiRow[] }>('/api/v1/nhis', signal),
    select: (body) => body.rows,
  })
}

/** Names of people and NHIs by id; an unknown id names itself. */
export function useNames(): NameOf {
  const members = useMembers().data
  const nhis = useNhis().data
  return useMemo(() => {
    const known = new Map<string, string>(
      [...(members ?? []), ...(nhis ?? [])].map((one) => [one.id, one.name]),
    )
    return (id) => (id ? (known.get(id) ?? id) : 'nobody')
  }, [members, nhis])
}
