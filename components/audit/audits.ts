'use client'

import { useSession } from '../session'

/** Whether links to replays and answers are shown: the server decides, and records whom it refuses. */
export function useAudits(): boolean {
  const roles = useSession().data?.roles ?? []
  return roles.includes('auditor') || roles.includes('admin')
}
