import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { inStage } from '../action/find'
import { accountable } from '../identity/actor'
import type { Case } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent, Severity } from './event'
import { unanswered, unreviewed, unverified } from './gates'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** Somebody who can judge it says that it is real. Where much is at stake, somebody else than who promoted it. */
export function confirmCase(
  state: Case,
  input: Of<'confirmCase'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const no = inStage(state, 'confirm', 'confirm a finding')
  if (no) return no
  return anotherJudges(state, 'confirm', given) ?? [{ type: 'case.confirmed', data: input }]
}

export function isGrave(severity: Severity | null): boolean {
  return severity === 'high' || severity === 'critical'
}

function anotherJudges(state: Case, what: string, given: Given<CaseCommand>): Refusal | null {
  if (!isGrave(state.severity) || accountable(given.actor) !== state.promoter) return null
  return refuse(
    'separation_of_duties',
    `You promoted this ${state.severity} finding, so another analyst must ${what} it.`,
    'Any other analyst can.',
  )
}

export function dismissCase(
  state: Case,
  input: Of<'dismissCase'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  if (state.stage !== 'identify' && state.stage !== 'confirm') {
    return refuse(
      'wrong_stage',
      'A confirmed case is worked on, not dismissed.',
      'Go back to confirm with a reason, or close it with an outcome.',
    )
  }
  const no = anotherJudges(state, 'dismiss', given)
  if (no) return no
  const loose = [...unverified(state), ...unanswered(state), ...unreviewed(state)]
  if (loose.length) {
    return refuse(
      'gate',
      'Something was changed because of this finding, and nobody has verified or reviewed it.',
      'Take it through act and verify, and close it there.',
      { missing: [...unverified(state), ...unreviewed(state)] },
    )
  }
  if (input.disposition === 'duplicate' && (!input.duplicate_of || input.duplicate_of === state.id)) {
    return refuse('invalid', 'A duplicate names the case that it duplicates.', 'Give that case.', {
      field: 'duplicate_of',
    })
  }
  return [
    { type: 'case.dismissed', data: input },
    { type: 'case.state', data: { from: state.stage, to: 'closed', reason: input.reason } },
  ]
}
