import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { NhiCommand } from './command'
import type { NhiEvent } from './event'
import type { Nhi } from './nhi'

type Of<Name extends NhiCommand['command']> = Extract<NhiCommand, { command: Name }>['input']

const MOST_CREDENTIALS = 100

/** A credential belongs to one identity only, or a leak would not say whose it is. */
export function registerCredential(
  state: Nhi,
  input: Of<'registerCredential'>,
  given: Given<NhiCommand>,
): NhiEvent[] | Refusal {
  const holder = given.facts.matches[input.fingerprint] ?? holds(state, input.fingerprint)
  if (holder) {
    const whose = holder === state.id ? 'this identity already' : 'another identity'
    return refuse(
      'duplicate',
      `This credential is registered for ${whose}.`,
      'A credential has one holder: give each its own.',
      { existing: holder },
    )
  }
  if (state.credentials.filter((each) => !each.retired).length >= MOST_CREDENTIALS) {
    return refuse(
      'too_large',
      `It has ${MOST_CREDENTIALS} credentials already.`,
      'Retire those that no longer work.',
    )
  }
  return [{ type: 'credential.registered', data: { credential: given.newId('crd'), ...input } }]
}

function holds(state: Nhi, fingerprint: string): string | null {
  return state.credentials.some((each) => each.fingerprint === fingerprint) ? state.id : null
}

export function retireCredential(
  state: Nhi,
  { credential, reason }: Of<'retireCredential'>,
): NhiEvent[] | Refusal {
  const held = state.credentials.find((each) => each.credential === credential)
  if (!held)
    return refuse('not_found', 'It has no such credential.', 'Reload the identity.', { field: 'credential' })
  if (held.retired) return refuse('duplicate', 'It is retired already.', 'Nothing more is needed.')
  return [{ type: 'credential.retired', data: { credential, reason } }]
}

/** A rotated password ends the passwords before it: what leaked no longer opens anything. */
export function rotated(state: Nhi, input: Of<'recordRotation'>): NhiEvent[] | Refusal {
  const last = state.profile.last_rotated_on
  if (last !== null && input.on < last)
    return refuse('duplicate', `A rotation on ${last} is on record.`, 'Record later ones only.')
  if (last === input.on && state.rotated_in === input.case)
    return refuse('duplicate', 'This rotation is on record.', 'Nothing more is needed.')
  const ended = state.credentials.filter((each) => each.kind === 'password' && !each.retired)
  const reason = `Rotated in ${input.case}.`
  return [
    { type: 'nhi.rotated', data: input },
    ...ended.map(
      ({ credential }): NhiEvent => ({ type: 'credential.retired', data: { credential, reason } }),
    ),
  ]
}
