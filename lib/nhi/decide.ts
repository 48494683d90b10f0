import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import type { NhiCommand } from './command'
import { registerCredential, retireCredential, rotated } from './credentials'
import { dayOf, daysAfter } from './day'
import { correct } from './describe'
import type { NhiEvent } from './event'
import { enroll, revoke } from './keys'
import { exists, type Nhi } from './nhi'
import { changeOwner, owned, register } from './owners'

/** What a command about one non-human identity leads to: events, or why not. Who may ask at all is policy's to say. */
export function decide(state: Nhi, given: Given<NhiCommand>): readonly NhiEvent[] | Refusal {
  const { command } = given
  if (command.command === 'registerNhi') return register(state, command.input, given)
  if (!exists(state))
    return refuse('not_found', 'There is no such non-human identity.', 'Choose one from the registry.')
  switch (command.command) {
    case 'describeNhi':
      return correct(state, command.input, given)
    case 'changeOwner':
      return changeOwner(state, command.input, given)
    case 'registerCredential':
      return registerCredential(state, command.input, given)
    case 'retireCredential':
      return retireCredential(state, command.input)
    case 'enrollKey':
      return enroll(state, command.input)
    case 'revokeKey':
      return revoke(state, command.input)
    case 'recordUse':
      return used(state, command.input)
    case 'recordRotation':
      return rotated(state, command.input)
    case 'reviewNhi':
      return review(state, command.input, given)
    case 'disableNhi':
      return disable(state, command.input)
    case 'enableNhi':
      return enable(state, command.input, given)
  }
}

type Of<Name extends NhiCommand['command']> = Extract<NhiCommand, { command: Name }>['input']

function used(state: Nhi, { on, by }: Of<'recordUse'>): NhiEvent[] | Refusal {
  const last = state.profile.last_used_on
  if (last !== null && on <= last)
    return refuse('duplicate', `Its use up to ${last} is on record.`, 'Record later days only.')
  return [{ type: 'nhi.used', data: { on, by } }]
}

/** Somebody who answers for what they say looks at it again; the next review follows from the identity's own cadence. */
function review(
  state: Nhi,
  { outcome, note }: Of<'reviewNhi'>,
  given: Given<NhiCommand>,
): NhiEvent[] | Refusal {
  if (given.actor.kind !== 'human')
    return refuse('forbidden', 'Only a person reviews an identity.', 'Its owner can.')
  const next = daysAfter(dayOf(given.now), state.profile.review_days)
  return [{ type: 'nhi.reviewed', data: { outcome, note, next } }]
}

/** Always possible while it is enabled, owned or not: stopping must never wait for anything. */
function disable(state: Nhi, { reason }: Of<'disableNhi'>): NhiEvent[] | Refusal {
  if (state.disabled) return refuse('duplicate', 'It is disabled already.', 'Nothing more is needed.')
  return [{ type: 'nhi.disabled', data: { reason } }]
}

function enable(state: Nhi, { reason }: Of<'enableNhi'>, given: Given<NhiCommand>): NhiEvent[] | Refusal {
  if (!state.disabled) return refuse('duplicate', 'It is enabled already.', 'Nothing more is needed.')
  const orphaned = owned(state.profile.owner, state.profile.kind, given.facts)
  if (orphaned) return orphaned
  if (state.profile.owner === accountable(given.actor)) {
    return refuse(
      'separation_of_duties',
      'You own it, so another administrator must let it act again.',
      'Ask one of them.',
    )
  }
  return [{ type: 'nhi.enabled', data: { reason } }]
}
