import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import { type Case, isBefore } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent, Severity } from './event'
import { told } from './identify'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** Hours until a case is due, by severity. */
export const DUE_HOURS: Readonly<Record<Severity, number>> = {
  critical: 4,
  high: 24,
  medium: 72,
  low: 168,
  informational: 336,
}

/** Asks one person to take it; the owners of the NHIs that it touches are told at the same time. */
export function assignCase(
  state: Case,
  input: Of<'assignCase'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const early = unconfirmed(state)
  if (early) return early
  const member = given.facts.members[input.assignee]
  if (!member?.active)
    return refuse('not_found', 'There is no such member.', 'Choose somebody from the list.', {
      field: 'assignee',
    })
  if (!member.roles.includes('analyst'))
    return refuse('forbidden', `${member.name} is not an analyst.`, 'Choose an analyst.', {
      field: 'assignee',
      rules: ['core.assignee'],
    })
  if (state.assignee === member.id)
    return refuse(
      'conflict',
      `${member.name} has been asked already.`,
      'Wait for the answer, or ask somebody else.',
    )
  const due =
    input.due ??
    new Date(Date.parse(given.now) + DUE_HOURS[state.severity ?? 'medium'] * 3_600_000).toISOString()
  if (due <= given.now)
    return refuse('invalid', 'The due time is in the past.', 'Choose a later one.', { field: 'due' })
  const notices = state.linked
    .filter((link) => !state.notified.includes(link.nhi))
    .flatMap((link) => (link.owner ? [told(link.nhi, link.owner)] : []))
  const assigned: CaseEvent[] = [
    { type: 'case.assigned', data: { assignee: member.id, team: input.team, due } },
    ...notices,
  ]
  const self = accountable(given.actor) === member.id
  return self ? [...assigned, { type: 'assignment.accepted', data: { assignee: member.id } }] : assigned
}

function unconfirmed(state: Case): Refusal | null {
  if (!isBefore(state.stage, 'assign')) return null
  return refuse(
    'wrong_stage',
    `The case is in "${state.stage}": it is assigned once it is confirmed.`,
    'Follow the rail: it names what is missing to get there.',
  )
}

export function acceptAssignment(state: Case, given: Given<CaseCommand>): CaseEvent[] | Refusal {
  const no = asked(state, given)
  if (no) return no
  if (state.accepted) return refuse('conflict', 'You have accepted it already.', 'Nothing more is needed.')
  return [{ type: 'assignment.accepted', data: { assignee: state.assignee ?? '' } }]
}

/** Back to the queue, with the reason on record. */
export function declineAssignment(
  state: Case,
  input: Of<'declineAssignment'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const no = asked(state, given)
  if (no) return no
  const declined: CaseEvent = {
    type: 'assignment.declined',
    data: { assignee: state.assignee ?? '', reason: input.reason },
  }
  if (state.stage === 'assign') return [declined]
  return [
    declined,
    { type: 'case.state', data: { from: state.stage, to: 'assign', reason: `Declined: ${input.reason}` } },
  ]
}

function asked(state: Case, given: Given<CaseCommand>): Refusal | null {
  const early = unconfirmed(state)
  if (early) return early
  if (state.assignee === accountable(given.actor)) return null
  const sentence = state.assignee
    ? 'Somebody else has been asked to take this case.'
    : 'Nobody has been asked to take this case yet.'
  return refuse('forbidden', sentence, 'Assign it to yourself first.', { rules: ['core.assignee'] })
}
