import type { Receipt } from '@/lib/act/ledger'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import { accountable } from '@/lib/identity/actor'
import { readClientData } from '@/lib/record/authenticator'
import { fromBase64Url, toBase64Url } from '@/lib/record/base64'
import { utf8 } from '@/lib/record/bytes'
import { COSE_ALGORITHMS } from '@/lib/record/cose'
import { sha256 } from '@/lib/record/digest'
import { registryCommands } from '@/lib/registry/command'
import { rpIdOf, signInAgain } from '@/lib/registry/passkeys'
import { keyOf } from './act'
import { newChallenge, spendChallenge } from './challenge'
import type { Asked } from './door'
import { readInput } from './input'
import { REGISTRY } from './registry'
import { nameOf } from './who'

/** What the browser made: `AuthenticatorAttestationResponse`, with a name that its holder gives it. */
export const newPasskey = registryCommands.enrolPasskey.input.omit({ challenge: true })

/**
 * `PublicKeyCredentialCreationOptions` (Web Authentication Level 3, section 5.4), bytes as base64url. No attestation is asked
 * for: who may approve is decided by who enrols, not by the make of the authenticator.
 */
export function creationOptions({ request, actor, doors }: Asked, known: readonly string[]) {
  if (actor.kind !== 'human')
    return refuse('forbidden', 'Only a person has passkeys.', 'Enrol a key instead.')
  const stale = signInAgain({ actor, now: new Date().toISOString() })
  if (stale) return stale
  return {
    challenge: newChallenge(request, doors),
    rp: { id: rpIdOf(doors.origin), name: 'On Record' },
    user: {
      id: handleOf(actor.org, accountable(actor)),
      name: accountable(actor),
      displayName: nameOf(actor),
    },
    pubKeyCredParams: COSE_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: known.map((id) => ({ type: 'public-key', id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    attestation: 'none',
    timeout: 120_000,
  }
}

/** A user handle says nothing about the person (section 14.6.1). */
function handleOf(org: string, person: string): string {
  return toBase64Url(sha256(utf8(`onrecord.passkey-user/v1\n${org}\n${person}`)))
}

/** Enrols what the browser made, if it was made for a challenge of ours: every other check is the command's. */
export async function enrolPasskey({ request, actor, doors }: Asked): Promise<Receipt | Refusal> {
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const input = await readInput(request, newPasskey)
  if (isRefusal(input)) return input
  const { challenge } = readClientData(fromBase64Url(input.client_data)) ?? {}
  if (typeof challenge !== 'string' || !(await spendChallenge(challenge, request, doors))) {
    return refuse(
      'stale',
      'The challenge was used before, has expired, or was given to another session.',
      'Start again: a challenge is good once, for five minutes.',
      { field: 'client_data' },
    )
  }
  return perform(doors, actor, {
    kind: 'registry',
    stream: REGISTRY,
    command: 'enrolPasskey',
    input: { ...input, challenge },
    key,
  })
}
