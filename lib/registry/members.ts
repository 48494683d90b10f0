import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { type Actor, accountable } from '../identity/actor'
import type { RegistryCommand } from './command'
import type { RegistryEvent } from './event'
import { passkeysOf, revocation } from './passkeys'
import { isSame, type Member, memberOf, type Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

const MOST_MEMBERS = 20_000

export function add(
  state: Registry,
  input: Of<'addMember'>,
  given: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const { name, roles, team } = input
  const email = input.email.toLowerCase()
  const known = state.members.find((member) => member.email === email || member.id === input.member)
  if (known) {
    const remedy = known.active ? 'Change their roles instead.' : 'Take them back instead.'
    return refuse('duplicate', `${known.name} ${known.active ? 'is' : 'was'} a member already.`, remedy, {
      existing: known.id,
    })
  }
  if (state.members.length >= MOST_MEMBERS)
    return refuse('too_large', `There are ${MOST_MEMBERS} members already.`, 'Found another organisation.')
  return [
    { type: 'member.added', data: { member: input.member ?? given.newId('usr'), name, email, roles, team } },
  ]
}

export function changeRoles(
  state: Registry,
  input: Of<'changeRoles'>,
  actor: Actor,
): RegistryEvent[] | Refusal {
  const member = active(state, input.member)
  if ('refused' in member) return member
  const { id, roles: from } = member
  const granted = input.roles.filter((role) => !from.includes(role))
  if (!granted.length && from.length === input.roles.length)
    return refuse('duplicate', `${member.name} has these roles already.`, 'Nothing more is needed.')
  if (granted.length && accountable(actor) === id) {
    return refuse(
      'separation_of_duties',
      `Nobody gives themself a role: you asked for ${granted.join(', ')}.`,
      'Another administrator can.',
    )
  }
  const last = isLastAdmin(state, member) && !input.roles.includes('admin')
  if (last) return lastAdmin(member)
  return [{ type: 'member.roles', data: { member: id, from, to: input.roles, reason: input.reason } }]
}

export function remove(state: Registry, input: Of<'removeMember'>): RegistryEvent[] | Refusal {
  const member = active(state, input.member)
  if ('refused' in member) return member
  if (isLastAdmin(state, member)) return lastAdmin(member)
  // Who is taken back later shows anew that a key is theirs.
  const revoked = passkeysOf(state, member.id).map((key) => revocation(key, 'Its holder was removed.'))
  return [{ type: 'member.removed', data: input }, ...revoked]
}

export function restore(
  state: Registry,
  input: Of<'restoreMember'>,
  actor: Actor,
): RegistryEvent[] | Refusal {
  const member = memberOf(state, input.member)
  if (!member) return unknown()
  if (member.active) return refuse('duplicate', `${member.name} is a member.`, 'Nothing more is needed.')
  if (accountable(actor) === member.id)
    return refuse('separation_of_duties', 'Nobody takes themself back.', 'An administrator can.')
  return [{ type: 'member.restored', data: input }]
}

/** A chat account speaks for one member, and only they, after signing in, can say that it is theirs. */
export function link(state: Registry, input: Of<'linkMember'>, actor: Actor): RegistryEvent[] | Refusal {
  const member = active(state, input.member)
  if ('refused' in member) return member
  if (actor.kind !== 'system' && accountable(actor) !== member.id) {
    return refuse(
      'separation_of_duties',
      'Only its owner links a chat account.',
      'Let them open the link and sign in.',
    )
  }
  const holder = state.members.find(({ linked }) => linked.some((each) => isSame(each, input)))
  if (!holder) return [{ type: 'member.linked', data: input }]
  return refuse(
    'duplicate',
    `This chat account is linked to ${holder.name}.`,
    'Unlink it first, if it changed hands.',
    { existing: holder.id },
  )
}

export function unlink(state: Registry, input: Of<'unlinkMember'>, actor: Actor): RegistryEvent[] | Refusal {
  const member = memberOf(state, input.member)
  if (!member) return unknown()
  const may =
    actor.kind === 'system' ||
    accountable(actor) === member.id ||
    (actor.kind === 'human' && actor.roles.includes('admin'))
  if (!may)
    return refuse(
      'forbidden',
      'You can unlink your own chat account only.',
      'Its owner or an administrator can.',
    )
  if (!member.linked.some((each) => isSame(each, input))) {
    return refuse('not_found', `${member.name} has no such chat account.`, 'Reload the settings.')
  }
  return [{ type: 'member.unlinked', data: input }]
}

/** The member of this id, if they are one at present. */
export function active(state: Registry, id: string): Member | Refusal {
  const member = memberOf(state, id)
  if (!member) return unknown()
  return member.active
    ? member
    : refuse('gate', `${member.name} is no longer a member.`, 'Take them back first.')
}

function unknown(): Refusal {
  return refuse('not_found', 'There is no such member.', 'Choose one from the list.', { field: 'member' })
}

function isLastAdmin(state: Registry, { id, roles }: Member): boolean {
  const isOther = (member: Member) => member.id !== id && member.active && member.roles.includes('admin')
  return roles.includes('admin') && !state.members.some(isOther)
}

function lastAdmin({ name }: Member): Refusal {
  return refuse(
    'gate',
    `${name} is the last administrator: nobody could add another.`,
    'Make somebody else an administrator first.',
  )
}
