import { z } from 'zod'
import { type Refusal, refuse } from '../act/refusal'
import type { CommandTable } from '../act/spec'
import { personId, text } from '../act/text'
import { active } from './members'
import { memberOf, type Registry } from './registry'

export const accountCommands = {
  identifyMember: {
    summary: 'Tie a provider’s account to the member who signs in with it',
    doors: 'internal',
    /** `iss` and `sub` of the id_token, character for character (OpenID Connect Core 1.0, section 2). */
    input: z.strictObject({ member: personId, issuer: text(2_000), subject: text(255) }),
  },
} as const satisfies CommandTable

/** An account at an OpenID provider. The pair is the identity, never an address: one subject of two issuers is two people (C69). */
export type Account = { issuer: string; subject: string }

export type AccountEvent = { type: 'member.identified'; data: Account & { member: string } }

/**
 * Of one member for ever: what is proved by a sign-in would otherwise be two people's. And the only one of its member at this provider: an
 * address alone takes nobody's place. Only who has been removed and taken back, which is on record, may come with another.
 */
export function identify(
  state: Registry,
  input: z.output<typeof accountCommands.identifyMember.input>,
): AccountEvent[] | Refusal {
  const member = active(state, input.member)
  if ('refused' in member) return member
  const known = state.accounts.find((each) => isSameAccount(each, input))
  if (known) {
    const name = memberOf(state, known.member)?.name ?? known.member
    return refuse('duplicate', `This account is ${name}’s.`, 'Sign in with your own.', {
      existing: known.member,
    })
  }
  const isTheirs = ({ member: whose, issuer, left }: Registry['accounts'][number]) =>
    whose === member.id && issuer === input.issuer && !left
  if (!state.accounts.some(isTheirs)) return [{ type: 'member.identified', data: input }]
  return refuse(
    'duplicate',
    `${member.name} signs in with another account.`,
    'Sign in with that one, or have an administrator remove you and take you back.',
  )
}

function isSameAccount(one: Account, other: Account): boolean {
  return one.issuer === other.issuer && one.subject === other.subject
}
