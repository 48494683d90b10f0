import type { Refusal } from '@/lib/act/refusal'
import { refusalOf } from '../api'

type Ceremony = 'enrol' | 'sign'

/** Why a passkey wasn't made, or didn't sign, in words: browsers say as little as they can. */
export function troubleOf(error: unknown, ceremony: Ceremony, origin: string): Refusal {
  if (!(error instanceof DOMException)) return refusalOf(error)
  const [sentence, remedy] = WORDS[error.name]?.(ceremony, origin) ?? [
    `The browser answers: ${error.name}.`,
    'Try again, with another browser or authenticator if it stays so.',
  ]
  return { refused: true, code: 'unsupported', sentence, remedy }
}

const NOTHING = { enrol: 'No passkey was made', sign: 'Nothing was signed' } as const

const WORDS: Readonly<Record<string, (ceremony: Ceremony, origin: string) => readonly [string, string]>> = {
  NotAllowedError: (ceremony) => [
    `${NOTHING[ceremony]}: you cancelled, time ran out, or no authenticator here could do it.`,
    ceremony === 'sign'
      ? 'Try again where your passkey is: this device, your phone, or a security key that you plug in.'
      : 'Try again. It takes a device with a screen lock, a phone, or a security key with a PIN.',
  ],
  InvalidStateError: () => [
    'This authenticator holds a passkey of yours already.',
    'Use that one, or choose another authenticator.',
  ],
  SecurityError: (_, origin) => [
    `Passkeys don’t work at ${window.location.origin}.`,
    `Open On Record at ${origin}: they are bound to that name.`,
  ],
  NotSupportedError: () => [
    'This authenticator makes no key of a kind that can be checked here (ES256 or Ed25519).',
    'Choose another authenticator.',
  ],
  ConstraintError: () => [
    'This authenticator can’t tell that it is you.',
    'Set a PIN, a fingerprint or a screen lock on it first.',
  ],
  UnknownBrowserError: (_, origin) => [
    'This browser knows no passkeys here.',
    `Use a current browser, at ${origin}.`,
  ],
}

/** Where passkeys work, if the reader is somewhere else. */
export function elsewhere(origin: string): string | null {
  return window.location.origin === origin ? null : origin
}
