'use client'

import { useSession } from '../session'
import { useNow } from '../ui/now'

const MINUTES = 5

/** Why keys can't be changed now, or null within five minutes of the sign-in, as the server has it. */
export function useNotFresh(): string | null {
  const now = useNow()
  const since = useSession().data?.auth_time
  if (!since || now - Date.parse(since) < MINUTES * 60_000) return null
  return `Passkeys are enrolled and revoked within ${MINUTES} minutes of a sign-in: yours is older.`
}
