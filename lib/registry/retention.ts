import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { EventMeta, Given } from '../act/stream'
import { liftable } from '../case/hold'
import { accountable } from '../identity/actor'
import { isFresh } from '../identity/fresh'
import type { RegistryCommand } from './command'
import type { RetentionEvent } from './erasure-event'
import type { Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']
type Asked = Given<RegistryCommand>

export function holdOrganisation(input: Of<'holdOrganisation'>, given: Asked): RetentionEvent[] {
  const hold = { hold: given.newId('hld'), reason: input.reason, placed_by: accountable(given.actor) }
  return [{ type: 'hold.placed', data: hold }]
}

export function releaseOrganisation(
  state: Registry,
  input: Of<'releaseOrganisation'>,
  given: Asked,
): RetentionEvent[] | Refusal {
  const hold = liftable(state.holds, input.hold, given)
  return isRefusal(hold) ? hold : [{ type: 'hold.lifted', data: { ...input, placed_by: hold.placed_by } }]
}

/** A proposal erases nothing; a later one takes its place. */
export function proposeRetention(input: Of<'proposeRetention'>, given: Asked): RetentionEvent[] {
  const { days, what, except } = input
  const proposer = accountable(given.actor)
  return [{ type: 'retention.proposed', data: { rule: given.newId('ret'), days, what, except, proposer } }]
}

export function agreeRetention(
  state: Registry,
  input: Of<'agreeRetention'>,
  { actor, now }: Asked,
): RetentionEvent[] | Refusal {
  const proposed = proposal(state, input.rule)
  if (isRefusal(proposed)) return proposed
  if (proposed.proposer === accountable(actor))
    return refuse(
      'separation_of_duties',
      'You proposed this rule, so a second person must agree.',
      'Any approver can.',
    )
  if (!isFresh(actor, now))
    return refuse(
      'assurance_required',
      'Putting a rule in force that erases needs a sign-in within the last 15 minutes.',
      'Sign in again.',
    )
  return [{ type: 'retention.agreed', data: proposed }]
}

export function refuseRetention(state: Registry, input: Of<'refuseRetention'>): RetentionEvent[] | Refusal {
  const proposed = proposal(state, input.rule)
  return isRefusal(proposed) ? proposed : [{ type: 'retention.refused', data: input }]
}

/** To erase less takes nobody's agreement. */
export function stopRetention(state: Registry, input: Of<'stopRetention'>): RetentionEvent[] | Refusal {
  if (state.retention?.rule !== input.rule)
    return refuse('stale', 'This rule is not in force.', 'Reload the page.')
  return [{ type: 'retention.stopped', data: input }]
}

function proposal(state: Registry, rule: string) {
  const proposed = state.retention_proposed
  return proposed?.rule === rule
    ? proposed
    : refuse('stale', 'This rule is not proposed.', 'Reload the page.')
}

export function evolveRetention(state: Registry, { type, data }: RetentionEvent, meta: EventMeta): Registry {
  switch (type) {
    case 'hold.placed': {
      const { hold: id, reason, placed_by } = data
      return { ...state, holds: [...state.holds, { id, reason, placed_by, at: meta.at }] }
    }
    case 'hold.lifted':
      return { ...state, holds: state.holds.filter((each) => each.id !== data.hold) }
    case 'retention.proposed':
      return { ...state, retention_proposed: data }
    case 'retention.agreed':
      return { ...state, retention: { ...data, since: meta.at }, retention_proposed: null }
    case 'retention.refused':
      return { ...state, retention_proposed: null }
    case 'retention.stopped':
      return { ...state, retention: null }
  }
}
