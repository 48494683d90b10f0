import { type Refusal, refuse } from '../act/refusal'
import { HAS_RUN, isOpen } from '../action/action'
import { type Case, isBefore } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent, Disposition } from './event'
import { gateRefusal, NEXT, unanswered } from './gates'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** One stage at a time, never past a gate. */
export function advanceCase(state: Case, input: Of<'advanceCase'>): CaseEvent[] | Refusal {
  if (state.stage === 'closed')
    return refuse('wrong_stage', 'The case is closed.', 'Reopen it with a reason.')
  if (NEXT[state.stage] !== input.to) {
    return refuse(
      'wrong_stage',
      `After "${state.stage}" comes "${NEXT[state.stage]}", not "${input.to}".`,
      'Stages are never skipped.',
    )
  }
  return (
    gateRefusal(state) ?? [{ type: 'case.state', data: { from: state.stage, to: input.to, reason: null } }]
  )
}

/** Back to an earlier stage, with the reason on record. What is under way must be settled first. */
export function returnCase(state: Case, input: Of<'returnCase'>): CaseEvent[] | Refusal {
  if (!isBefore(input.to, state.stage)) {
    return refuse(
      'wrong_stage',
      `"${input.to}" is not before "${state.stage}".`,
      'Going back means to an earlier stage.',
    )
  }
  return (
    underWay(state) ?? [
      { type: 'case.state', data: { from: state.stage, to: input.to, reason: input.reason } },
    ]
  )
}

/** An action that may still change something holds the case where it is. */
export function underWay(state: Case): Refusal | null {
  const busy = state.requests.find((request) => isOpen(request) && !HAS_RUN.includes(request.phase))
  return busy ? refuse('gate', `An action is ${busy.phase}.`, 'Withdraw it, or let it finish.') : null
}

const AFTER_WORK: readonly Disposition[] = ['remediated', 'risk-accepted', 'no-action-needed']

export function closeCase(state: Case, input: Of<'closeCase'>): CaseEvent[] | Refusal {
  if (state.stage !== 'verify') {
    return refuse(
      'wrong_stage',
      `A case is closed from "verify"; this one is in "${state.stage}".`,
      'Follow the rail: it names what is missing to get there.',
    )
  }
  const closed = gateRefusal(state)
  if (closed) return closed
  const fits = outcomes(state)
  if (!fits.includes(input.disposition)) {
    return refuse(
      'invalid',
      `The record doesn't support "${input.disposition}".`,
      `It supports: ${fits.join(', ')}.`,
      { field: 'disposition' },
    )
  }
  return [
    { type: 'case.closed', data: input },
    { type: 'case.state', data: { from: 'verify', to: 'closed', reason: null } },
  ]
}

/** How the case may be said to have ended, going by what the record holds. */
function outcomes(state: Case): Disposition[] {
  const held: Record<string, boolean> = {
    remediated: state.requests.some((request) => request.phase === 'verified') && !unanswered(state).length,
    'risk-accepted': state.exceptions.some((exception) => exception.status === 'active'),
    'no-action-needed': state.no_action?.agreed === true,
  }
  return AFTER_WORK.filter((disposition) => held[disposition])
}

export function reopenCase(state: Case, input: Of<'reopenCase'>): CaseEvent[] | Refusal {
  if (state.stage !== 'closed') return refuse('wrong_stage', 'The case is open.', 'Nothing more is needed.')
  if (input.to === 'act' && !state.passed.some((gate) => gate.stage === 'assign')) {
    return refuse('wrong_stage', 'The case never reached act.', 'Reopen it to identify.')
  }
  return [
    { type: 'case.reopened', data: input },
    { type: 'case.state', data: { from: 'closed', to: input.to, reason: input.reason } },
  ]
}
