'use client'

import Link from 'next/link'
import { useSession } from '../session'
import { ButtonLink } from '../ui/button'

/** Links are for those who have the role; whoever comes without it is refused by the server, on the record. */
function useAudits(): boolean {
  const roles = useSession().data?.roles ?? []
  return roles.includes('auditor') || roles.includes('admin')
}

type Replay = { caseId: string; at?: number; button?: boolean }

/** To the case as it was, right after this entry. */
export function ReplayLink({ caseId, at, button }: Replay) {
  if (!useAudits()) return null
  const href = `/cases/${caseId}/replay${at === undefined ? '' : `?at=${at}`}`
  if (button) return <ButtonLink href={href}>Replay</ButtonLink>
  return (
    <Link href={href} className="link text-xs">
      {at === undefined ? 'Replay' : 'replay'}
    </Link>
  )
}

/** To who requested, approved and executed this action, and what proves it. */
export function QuestionsLink({
  caseId,
  request,
  button,
}: {
  caseId: string
  request: string
  button?: boolean
}) {
  if (!useAudits()) return null
  const href = `/cases/${caseId}/actions/${request}`
  if (button) return <ButtonLink href={href}>Four questions</ButtonLink>
  return (
    <Link href={href} className="link text-xs">
      four questions
    </Link>
  )
}
