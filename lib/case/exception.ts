import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { inStage } from '../action/find'
import { accountable } from '../identity/actor'
import type { Case, Exception } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent } from './event'
import { gate } from './gates'
import { isLight } from './lane'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** No exception is for ever: this is the longest. */
export const LONGEST_EXCEPTION_DAYS = 180

export function proposeNoAction(state: Case, input: Of<'proposeNoAction'>): CaseEvent[] | Refusal {
  return (
    inStage(state, 'act', 'propose that no action is needed') ?? [{ type: 'no_action.proposed', data: input }]
  )
}

export function agreeNoAction(state: Case, given: Given<CaseCommand>): CaseEvent[] | Refusal {
  const no = inStage(state, 'act', 'agree that no action is needed')
  if (no) return no
  if (!state.no_action || state.no_action.agreed)
    return refuse('stale', 'There is nothing to agree to.', 'Reload the case.')
  if (state.no_action.proposer === accountable(given.actor) && !isLight(state)) {
    return refuse(
      'separation_of_duties',
      'You proposed it, so a second person must agree.',
      'Any other analyst can.',
    )
  }
  return [{ type: 'no_action.agreed', data: { proposer: state.no_action.proposer } }]
}

/** What is tolerated, why, who owns it, until when. */
export function requestException(
  state: Case,
  input: Of<'requestException'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const no = inStage(state, 'act', 'ask for an exception')
  if (no) return no
  if (!given.facts.members[input.owner]?.active)
    return refuse('not_found', 'The owner is not a member.', 'Choose somebody from the list.', {
      field: 'owner',
    })
  if (input.nhi && !state.linked.some((link) => link.nhi === input.nhi)) {
    return refuse('not_found', 'It is not linked to this case.', 'Link it first, or leave it out.', {
      field: 'nhi',
    })
  }
  const longest = new Date(Date.parse(given.now) + LONGEST_EXCEPTION_DAYS * 86_400_000).toISOString()
  if (input.until <= given.now || input.until > longest) {
    return refuse(
      'invalid',
      `An exception ends within ${LONGEST_EXCEPTION_DAYS} days.`,
      `Choose an end before ${longest}.`,
      { field: 'until' },
    )
  }
  return [{ type: 'exception.requested', data: { exception: given.newId('exc'), ...input } }]
}

export function grantException(
  state: Case,
  input: Of<'grantException'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const exception = asked(state, input.exception)
  if (!exception) return nothingToDecide()
  const no = inStage(state, 'act', 'grant an exception') ?? someoneElse(exception, given)
  if (no) return no
  if (!given.facts.members[exception.owner]?.active)
    return refuse('stale', 'Whoever would own it has left.', 'Ask for a new one with another owner.')
  if (exception.until <= given.now) return refuse('stale', 'Its end has passed.', 'Ask for a new one.')
  const { id, until, owner } = exception
  return [{ type: 'exception.granted', data: { exception: id, until, owner } }]
}

export function refuseException(
  state: Case,
  input: Of<'refuseException'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const exception = asked(state, input.exception)
  if (!exception) return nothingToDecide()
  return someoneElse(exception, given) ?? [{ type: 'exception.refused', data: input }]
}

/** It ends by itself, and the question is open again: a case that rests on it, closed or about to be, goes back to act. */
export function expireException(
  state: Case,
  input: Of<'expireException'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const exception = state.exceptions.find((each) => each.id === input.exception && each.status === 'active')
  if (!exception) return refuse('stale', 'This exception is not in force.', 'Nothing more is needed.')
  if (given.now < exception.until)
    return refuse('conflict', 'It has not ended yet.', `It ends at ${exception.until}.`)
  const expired: CaseEvent = { type: 'exception.expired', data: { exception: exception.id } }
  const reason = 'The exception that it rested on has ended.'
  const without = state.exceptions.map((each) =>
    each.id === exception.id ? { ...each, status: 'expired' as const } : each,
  )
  const rests = gate({ ...state, exceptions: without }, 'act').length > gate(state, 'act').length
  if (state.stage === 'verify' && rests) {
    return [expired, { type: 'case.state', data: { from: 'verify', to: 'act', reason } }]
  }
  if (state.disposition !== 'risk-accepted') return [expired]
  return [
    expired,
    { type: 'case.reopened', data: { to: 'act', reason } },
    { type: 'case.state', data: { from: 'closed', to: 'act', reason } },
  ]
}

function asked(state: Case, id: string): Exception | undefined {
  return state.exceptions.find((each) => each.id === id && each.status === 'requested')
}

function nothingToDecide(): Refusal {
  return refuse('stale', 'There is no such request to decide on.', 'Reload the case.')
}

function someoneElse(exception: Exception, given: Given<CaseCommand>): Refusal | null {
  const person = accountable(given.actor)
  if (person !== exception.requested_by && person !== exception.owner) return null
  return refuse(
    'separation_of_duties',
    'You asked for it or would own it, so somebody else decides.',
    'Anyone else with the approver role can.',
  )
}
