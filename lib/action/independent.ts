import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Case } from '../case/case'
import type { CaseCommand } from '../case/command'
import { accountable } from '../identity/actor'
import { type Request, standing } from './action'
import { askedFor } from './parties'

/** Who judges an effect had no part in it: neither asked, approved, let it run, nor answers for what ran it. */
export function independent(request: Request, given: Given<CaseCommand>, what: string): Refusal | null {
  if (given.actor.kind !== 'human')
    return refuse(
      'separation_of_duties',
      'Only a person can judge the effect.',
      'Ask an analyst who had no part in it.',
    )
  const person = accountable(given.actor)
  const part = askedFor(request, given).includes(person)
    ? 'asked for'
    : standing(request).some((approval) => approval.approver === person)
      ? 'approved'
      : person === request.executor_owner
        ? 'own the executor of'
        : person === request.started_by
          ? 'started'
          : null
  if (!part) return null
  return refuse(
    'separation_of_duties',
    `You ${part} this action, so somebody else must ${what}.`,
    'Any other analyst can.',
  )
}

/** A judgement rests on what everybody can look at. */
export function evidenced(state: Case, evidence: readonly string[]): Refusal | null {
  if (evidence.every((sha256) => state.evidence.some((each) => each.sha256 === sha256))) return null
  return refuse(
    'invalid',
    "The evidence named isn't attached to this case.",
    'Attach it first, or run the probe.',
    { field: 'evidence' },
  )
}
