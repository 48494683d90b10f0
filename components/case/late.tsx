'use client'

import type { ReactNode } from 'react'
import type { LateView } from '@/lib/act/view/who'
import { IN_LINE } from '@/lib/telling/late-words'
import { When } from '../ui/when'
import { useCaseDesk } from './desk'
import { Who } from './who'

/** What has waited too long in the case as a whole, before anything else on its page. */
export function Lateness() {
  const { overdue, unanswered } = useCaseDesk().file
  const late = overdue ?? unanswered
  if (!late) return null
  return (
    <div className="mb-3">
      <LateNote late={late}>
        <b className="font-semibold">{overdue ? 'Overdue.' : 'Not accepted yet.'}</b> <WaitsFor late={late} />
      </LateNote>
    </div>
  )
}

/** Of an approval: who was asked stands below it. */
export function LateApproval({ late, caseId }: { late: LateView | null; caseId: string }) {
  if (!late) return null
  return (
    <div className="mb-2">
      <LateNote late={late} page={`/cases/${caseId}`}>
        <b className="font-semibold">Half of its time is over.</b> A yes or a no is still missing;{' '}
      </LateNote>
    </div>
  )
}

function WaitsFor({ late }: { late: LateView }) {
  if (!late.waits_for.length) return 'Nobody has it; '
  return (
    <>
      It waits for <People people={late.waits_for.map((who) => ({ who }))} />;{' '}
    </>
  )
}

/** `page`: the case's, where it isn't this one. */
function LateNote({ late, page = '', children }: { late: LateView; page?: string; children: ReactNode }) {
  const { escalated_to } = late
  return (
    <p className="border-l-3 border-l-critical bg-critical-wash px-3 py-2">
      {children}
      {escalated_to.length ? (
        <>
          escalated to <People people={escalated_to.map(({ who, as }) => ({ who, part: IN_LINE[as] }))} />
        </>
      ) : (
        'there is nobody else to tell'
      )}
      ,{' '}
      <a href={`${page}#event-${late.event}`} className="link">
        <When at={late.at} ago />
      </a>
      .
    </p>
  )
}

type Somebody = { who: LateView['waits_for'][number]; part?: string }

/** `Bruno Salas, Grace Lim (same team), Farid Haddad (administrator)` */
function People({ people }: { people: readonly Somebody[] }) {
  return people.map(({ who, part }, index) => (
    <span key={who.id}>
      {index ? ', ' : ''}
      <Who who={who} className="font-medium" />
      {part && part !== people[index + 1]?.part ? <span className="text-ink-2"> ({part})</span> : null}
    </span>
  ))
}
