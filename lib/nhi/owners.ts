import type { Facts } from '../act/facts'
import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import { alone } from './alone'
import type { NhiCommand } from './command'
import { dayOf } from './day'
import type { NhiEvent, NhiKind } from './event'
import { exists, type Nhi } from './nhi'

type Of<Name extends NhiCommand['command']> = Extract<NhiCommand, { command: Name }>['input']

/** Kinds that act in On Record itself: they always have an accountable owner, and only an administrator lets them in. */
export const ACTING: readonly NhiKind[] = ['executor', 'ai-agent', 'bot']

/** What can only have happened already. */
const PAST = ['created_on', 'last_used_on', 'last_rotated_on'] as const

export function register(
  state: Nhi,
  input: Of<'registerNhi'>,
  given: Given<NhiCommand>,
): NhiEvent[] | Refusal {
  if (exists(state))
    return refuse('duplicate', 'It is registered already.', 'Describe it instead.', { existing: state.id })
  const { owner, backup_owner, kind } = input
  const { actor, facts } = given
  const placed = alone(facts)
  if (placed) return placed
  const mayLetIn = actor.kind === 'system' || (actor.kind === 'human' && actor.roles.includes('admin'))
  if (ACTING.includes(kind) && !mayLetIn) {
    return refuse(
      'forbidden',
      `Only an administrator registers an identity of the kind "${kind}": it acts in On Record.`,
      'Ask one of them.',
    )
  }
  const no =
    owned(owner, kind, facts) ?? active(backup_owner, 'backup_owner', facts) ?? distinct(owner, backup_owner)
  if (no) return no
  const tomorrow = PAST.find((field) => (input[field] ?? '') > dayOf(given.now))
  if (tomorrow)
    return refuse(
      'invalid',
      `${tomorrow} lies in the future.`,
      'Give the day it happened, or leave it out.',
      { field: tomorrow },
    )
  return [{ type: 'nhi.registered', data: input }]
}

/**
 * An owner's approval counts for the actions on what they own, so nobody gives themself an identity:
 * only who already answers for it as owner or backup keeps or takes it over.
 */
export function changeOwner(
  state: Nhi,
  input: Of<'changeOwner'>,
  given: Given<NhiCommand>,
): NhiEvent[] | Refusal {
  const { owner, backup_owner, reason } = input
  const { owner: from, backup_owner: before } = state.profile
  if (owner === from && backup_owner === before)
    return refuse('duplicate', 'That is its owner already.', 'Nothing more is needed.')
  const no =
    active(owner, 'owner', given.facts) ??
    active(backup_owner, 'backup_owner', given.facts) ??
    distinct(owner, backup_owner)
  if (no) return no
  const self = accountable(given.actor)
  const answersAlready = self === from || self === before
  if (!answersAlready && (owner === self || backup_owner === self)) {
    return refuse(
      'separation_of_duties',
      'Nobody makes an identity their own.',
      'Its present owner, or another administrator, can hand it over to you.',
    )
  }
  return [{ type: 'owner.changed', data: { from, to: owner, backup: backup_owner, reason } }]
}

/** Null when the owner is an active member, or when nobody needs to own this kind. */
export function owned(owner: string | null, kind: NhiKind, facts: Facts): Refusal | null {
  if (owner !== null) return active(owner, 'owner', facts)
  if (!ACTING.includes(kind)) return null
  return refuse(
    'gate',
    `An identity of the kind "${kind}" acts in On Record and needs an accountable owner.`,
    'Name one who is an active member.',
    {
      missing: [{ name: 'owner', sentence: 'An accountable owner.', command: 'changeOwner' }],
    },
  )
}

function active(person: string | null, field: string, facts: Facts): Refusal | null {
  if (person === null || facts.members[person]?.active) return null
  const name = facts.members[person]?.name ?? person
  return refuse('invalid', `${name} is not an active member.`, 'Choose somebody who is.', { field })
}

function distinct(owner: string | null, backup: string | null): Refusal | null {
  if (backup === null || owner !== backup) return null
  return refuse(
    'invalid',
    'The backup owner is the owner: then there is nobody to take over.',
    'Choose somebody else, or nobody.',
    { field: 'backup_owner' },
  )
}
