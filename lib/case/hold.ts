import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import { isFresh } from '../identity/fresh'
import type { Case, Hold } from './case'
import type { CaseCommand } from './command'
import type { CaseEvent } from './event'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** Why nothing may leave the record now, if a hold of this case or of the whole organisation stands. */
export function held(state: Case, given: Given<CaseCommand>): Refusal | null {
  const hold = state.holds[0]
  if (!hold && !given.facts.held) return null
  return refuse(
    'held',
    hold
      ? 'A legal hold keeps everything in this case.'
      : 'A legal hold keeps everything in the organisation.',
    'Once the hold is lifted it can be erased.',
  )
}

/** One person is enough: what a hold too many costs is time, what a hold too few costs is evidence. */
export function placeHold(input: Of<'placeHold'>, given: Given<CaseCommand>): CaseEvent[] {
  const hold = { hold: given.newId('hld'), reason: input.reason, placed_by: accountable(given.actor) }
  return [{ type: 'hold.placed', data: hold }]
}

/** Not by who placed it, so that it takes two to end it; nor by who waits for it to end. */
export function liftHold(
  state: Case,
  input: Of<'liftHold'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const hold = liftable(state.holds, input.hold, given)
  if (isRefusal(hold)) return hold
  if (state.erasures.some((each) => each.requester === accountable(given.actor)))
    return refuse(
      'separation_of_duties',
      'You asked for something of this case to be erased, so somebody else lifts its hold.',
      'Take your erasure back, or ask another administrator or auditor.',
    )
  return [{ type: 'hold.lifted', data: { ...input, placed_by: hold.placed_by } }]
}

/** The hold that this person may lift, of a case's or of the organisation's. */
export function liftable(
  holds: readonly Hold[],
  id: string,
  { actor, now }: Pick<Given<unknown>, 'actor' | 'now'>,
): Hold | Refusal {
  const hold = holds.find((each) => each.id === id)
  if (!hold) return refuse('stale', 'This hold does not stand.', 'Reload the page.')
  if (hold.placed_by === accountable(actor))
    return refuse(
      'separation_of_duties',
      'You placed it, so somebody else must lift it.',
      'Any other administrator or auditor can.',
    )
  if (!isFresh(actor, now))
    return refuse(
      'assurance_required',
      'Lifting a hold needs a sign-in within the last 15 minutes.',
      'Sign in again.',
    )
  return hold
}
