'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { Session } from '@/lib/act/view/person'
import type { PersonRole } from '@/lib/identity/actor'
import { get, post, Refused } from './api'

/** Whom one may sign in as, told to a visitor by the 401 of /api/v1/session. */
export type Visitor = {
  local: boolean
  people?: { id: string; name: string; roles: PersonRole[]; about?: string }[]
}

export function useSession() {
  return useQuery<Session>({
    queryKey: ['session'],
    queryFn: ({ signal }) => get<Session>('/api/v1/session', signal),
    staleTime: 60_000,
  })
}

/** Sends a visitor to sign in, and back to where they were. */
export function useSignInWall() {
  const { error } = useSession()
  const router = useRouter()
  const out = error instanceof Refused && error.status === 401
  useEffect(() => {
    if (out) router.replace(signInFor(here()))
  }, [out, router])
  return out
}

/** Where the reader is, to the last detail. */
export function here(): string {
  const { pathname, search, hash } = window.location
  return `${pathname}${search}${hash}`
}

/** The sign-in page that returns to `back`; `fresh` asks for the sign-in again although there's a session. */
export function signInFor(back: string, fresh = false): string {
  return `/sign-in?${fresh ? 'fresh=1&' : ''}back=${encodeURIComponent(back)}`
}

/** Only ever a path of our own: an address of somebody else's in `back` leads to the inbox. */
export function ownPath(back: string | null): string {
  if (!back?.startsWith('/') || back.startsWith('//') || back.includes('\\')) return '/inbox'
  return new URL(back, 'https://own.invalid').origin === 'https://own.invalid' ? back : '/inbox'
}

export async function signOut() {
  await post('/api/auth/signout', {}).catch(() => null)
  window.location.assign('/sign-in')
}
