import { type Refusal, refuse } from '../act/refusal'
import type { NhiCommand } from './command'
import type { NhiEvent } from './event'
import type { Nhi } from './nhi'
import { ACTING } from './owners'
import { thumbprint } from './thumbprint'

type Of<Name extends NhiCommand['command']> = Extract<NhiCommand, { command: Name }>['input']

/** Two for each use, so that one can be replaced without a gap. */
const MOST_KEYS = 2

export function enroll(state: Nhi, { jwk, use }: Of<'enrollKey'>): NhiEvent[] | Refusal {
  const { kind, name } = state.profile
  if (state.disabled) return refuse('gate', `${name} is disabled.`, 'Let it act again first.')
  if (!ACTING.includes(kind) && kind !== 'workload') {
    return refuse(
      'unsupported',
      `An identity of the kind "${kind}" does not sign in here.`,
      'Only workloads, bots, agents and executors do.',
    )
  }
  if (use === 'enc' && kind !== 'executor') {
    return refuse('unsupported', 'Secrets are sealed for executors only.', 'Enroll a key for signing.', {
      field: 'use',
    })
  }
  const kid = thumbprint(jwk)
  const known = state.keys.find((key) => key.kid === kid)
  if (known) {
    const why = known.revoked ? 'was revoked, and stays so' : 'is enrolled already'
    return refuse('duplicate', `This key ${why}.`, 'Make a new key for each use.')
  }
  if (state.keys.filter((key) => key.use === use && !key.revoked).length >= MOST_KEYS) {
    return refuse(
      'too_large',
      `It has ${MOST_KEYS} keys for this use already.`,
      'Revoke the one that it no longer needs.',
    )
  }
  const { crv, kty, x, y } = jwk
  return [{ type: 'key.enrolled', data: { kid, use, jwk: { crv, kty, x, y } } }]
}

export function revoke(state: Nhi, { kid, reason }: Of<'revokeKey'>): NhiEvent[] | Refusal {
  const key = state.keys.find((each) => each.kid === kid)
  if (!key) return refuse('not_found', 'It has no such key.', 'Reload the identity.', { field: 'kid' })
  if (key.revoked) return refuse('duplicate', 'It is revoked already.', 'Nothing more is needed.')
  return [{ type: 'key.revoked', data: { kid, reason } }]
}
