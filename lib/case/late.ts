import type { EventMeta } from '../act/stream'
import { type Request, standing } from '../action/action'
import type { Case } from './case'
import type { CaseEvent } from './event'

type LateEvent = Extract<
  CaseEvent,
  { type: 'case.overdue' | 'assignment.awaited' | 'approval.awaited' }
>['data']

/** What the record says of something that has waited too long. `seq` is the event that says it. */
export type Late = Pick<LateEvent, 'waits_for' | 'escalated_to'> & { seq: number; at: string }

export function lateBy({ waits_for, escalated_to }: LateEvent, { seq, at }: EventMeta): Late {
  return { seq, at, waits_for, escalated_to }
}

/** Something that waits too long, and still does: the case itself, the answer of who was asked to take it, or an approval. */
export type Waiting = Late & ({ about: 'case' | 'assignment' } | { about: 'approval'; request: Request })

/** What was told to be late and is late now; what has been done since waits no longer. That the whole case is overdue says more than that nobody took it. */
export function waitingIn({ stage, overdue, unanswered, accepted, assignee, requests }: Case): Waiting[] {
  if (stage === 'closed') return []
  return [
    ...(overdue ? [{ ...overdue, about: 'case' as const }] : []),
    ...(unanswered && assignee && !accepted && !overdue
      ? [{ ...unanswered, about: 'assignment' as const }]
      : []),
    ...requests.flatMap((request) =>
      request.awaited && request.phase === 'awaiting-approval'
        ? [{ ...request.awaited, about: 'approval' as const, request }]
        : [],
    ),
  ]
}

/** Whose inbox a late case is in for its lateness: whoever was told, and whoever has it. Who has answered is left in peace. */
export function peopleTold(state: Case): string[] {
  const told = waitingIn(state).flatMap((one) => [
    ...(one.about === 'case' && state.assignee ? [state.assignee] : []),
    ...one.escalated_to
      .map(({ person }) => person)
      .filter((person) => one.about !== 'approval' || !hasApproved(one.request, person)),
  ])
  return [...new Set(told)].sort()
}

function hasApproved(request: Request, person: string): boolean {
  return standing(request).some(({ approver }) => approver === person)
}
