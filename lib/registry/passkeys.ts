import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { accountable } from '../identity/actor'
import { fromBase64Url, toBase64Url } from '../record/base64'
import { toPem } from '../record/public-key'
import { checkRegistration, type RegistrationRefusal } from '../record/registration'
import type { RegistryCommand } from './command'
import type { RegistryEvent } from './event'
import { memberOf, type Passkey, type Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

/** A stolen session must not be enough to get a key that signs: whoever changes keys signed in this recently. */
const KEY_CHANGE_SECONDS = 300
const MOST_PASSKEYS = 10

/** A new passkey of the actor's own: checked byte for byte, and never known before under anybody's name. */
export function enrol(
  state: Registry,
  input: Of<'enrolPasskey'>,
  given: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const { actor, origin } = given
  if (actor.kind !== 'human')
    return refuse('forbidden', 'Only a person has passkeys.', 'Enrol a key instead.')
  const stale = signInAgain(given)
  if (stale) return stale
  if (passkeysOf(state, actor.id).length >= MOST_PASSKEYS)
    return refuse(
      'too_large',
      `You have ${MOST_PASSKEYS} passkeys already.`,
      'Revoke one that you no longer use.',
    )
  const rpId = rpIdOf(origin)
  const registration = {
    clientData: fromBase64Url(input.client_data),
    attestation: fromBase64Url(input.attestation),
  }
  const found = checkRegistration(registration, { challenge: input.challenge, origin, rpId })
  if (typeof found === 'string') return unusable(found)
  const credential_id = toBase64Url(found.credentialId)
  if (state.passkeys.some((each) => each.credential_id === credential_id)) {
    return refuse(
      'duplicate',
      'This passkey was enrolled before.',
      'Use another one: an id never comes back.',
    )
  }
  const { key, cose, flags, aaguid } = found
  return [
    {
      type: 'passkey.enrolled',
      data: {
        user: accountable(actor),
        credential_id,
        name: input.name,
        alg: key.alg,
        cose: toBase64Url(cose),
        pem: toPem(key),
        rp_id: rpId,
        origin,
        flags,
        aaguid,
        transports: input.transports,
      },
    },
  ]
}

/** One's own, or anybody's by an administrator, who says why. */
export function revoke(
  state: Registry,
  { credential_id, reason }: Of<'revokePasskey'>,
  given: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const key = state.passkeys.find((each) => each.credential_id === credential_id)
  if (!key)
    return refuse('not_found', 'There is no such passkey.', 'Reload the page.', { field: 'credential_id' })
  const own = key.user === accountable(given.actor)
  const admin = given.actor.kind === 'human' && given.actor.roles.includes('admin')
  if (!own && !admin)
    return refuse(
      'forbidden',
      'This passkey is somebody else’s.',
      'Its holder or an administrator can revoke it.',
    )
  const stale = signInAgain(given)
  if (stale) return stale
  if (key.revoked_at) return refuse('duplicate', 'This passkey is revoked.', 'Nothing more is needed.')
  if (!own && reason === null) {
    const name = memberOf(state, key.user)?.name ?? key.user
    return refuse('gate', `${name} is told that you revoked it, and why.`, 'Give a reason.', {
      field: 'reason',
    })
  }
  return [revocation(key, reason)]
}

export function revocation({ user, credential_id, name }: Passkey, reason: string | null): RegistryEvent {
  return { type: 'passkey.revoked', data: { user, credential_id, name, reason } }
}

/** The passkeys with which this person can sign. */
export function passkeysOf({ passkeys }: Registry, user: string): Passkey[] {
  return passkeys.filter((each) => each.user === user && each.revoked_at === null)
}

/** A passkey is bound to the host's name, whatever the port (Web Authentication Level 3, section 5.1.3). */
export function rpIdOf(origin: string): string {
  return new URL(origin).hostname
}

/** Null for whoever has signed in just now. */
export function signInAgain({ actor, now }: Pick<Given<RegistryCommand>, 'actor' | 'now'>): Refusal | null {
  const age = Date.parse(now) / 1000 - actor.auth.auth_time
  if (age >= 0 && age <= KEY_CHANGE_SECONDS) return null
  return refuse(
    'assurance_required',
    'Passkeys are enrolled and revoked within 5 minutes of a sign-in.',
    'Sign in again, then go on here.',
  )
}

/** An attempt to enrol what isn't a proper passkey is on record, with what exactly was wrong. */
function unusable(why: RegistrationRefusal): Refusal {
  return refuse(
    'forbidden',
    `This passkey can't be enrolled: ${why.replaceAll('_', ' ')}.`,
    'Try again, with another browser or authenticator if it stays so.',
    { rules: [`passkey.${why}`] },
  )
}
