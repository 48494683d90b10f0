import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { ActionEvent } from '../action/event'
import { find } from '../action/find'
import type { Case } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent } from './event'
import { inLineForApproval, inLineForCase } from './in-line'

// A clock went off. Each of these looks at the case as it is by now, and says on the record that somebody still waits, once for
// each due time. None decides, assigns or moves anything: silence is never consent.

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

export function escalateCase(
  state: Case,
  { due }: Of<'escalateCase'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  if (state.due !== due) return over('The case has another due time by now.')
  if (state.overdue) return over('It has been said already.')
  const { stage, assignee } = state
  const waits_for = assignee ? [assignee] : []
  const escalated_to = inLineForCase(state, given.facts)
  return early(due, given) ?? [{ type: 'case.overdue', data: { due, stage, waits_for, escalated_to } }]
}

export function escalateAssignment(
  state: Case,
  { assignee, due, by }: Of<'escalateAssignment'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  if (state.assignee !== assignee || state.due !== due || state.accepted)
    return over('Whoever was asked has answered, or somebody else was asked.')
  if (state.unanswered) return over('It has been said already.')
  if (given.now >= due) return over('The case is overdue by now, which says more.')
  const escalated_to = inLineForCase(state, given.facts)
  return (
    early(by, given) ?? [
      { type: 'assignment.awaited', data: { due, by, waits_for: [assignee], escalated_to } },
    ]
  )
}

export function escalateApproval(
  state: Case,
  { request: id, revision, by }: Of<'escalateApproval'>,
  given: Given<CaseCommand>,
): ActionEvent[] | Refusal {
  const request = find(state, id)
  if (isRefusal(request)) return request
  if (
    request.phase !== 'awaiting-approval' ||
    request.revision !== revision ||
    given.now >= request.expires_at
  )
    return over('This revision waits for nobody any more.')
  if (request.awaited) return over('It has been said already.')
  const { expires_at } = request
  const data = { request: id, revision, expires_at, by, ...inLineForApproval(request, given.facts) }
  return early(by, given) ?? [{ type: 'approval.awaited', data }]
}

function over(sentence: string): Refusal {
  return refuse('stale', sentence, 'Nothing more is needed.')
}

function early(at: string, { now }: Given<CaseCommand>): Refusal | null {
  return now < at ? refuse('conflict', 'It is not late yet.', `It is at ${at}.`) : null
}
