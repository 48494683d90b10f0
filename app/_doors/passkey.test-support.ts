import { type Making, registers, type SoftKey, softKey } from '@/lib/record/authenticator.test-support'
import { toBase64Url } from '@/lib/record/base64'
import { POST as ask } from '../api/v1/passkeys/challenge/route'
import { POST as enrol } from '../api/v1/passkeys/route'
import { call, ORIGIN } from './doors.test-support'

const RP_ID = 'localhost'
export const here = { origin: ORIGIN, rpId: RP_ID }

export const askChallenge = (cookie: string) => call(ask, '/api/v1/passkeys/challenge', { cookie, body: {} })

/** What the browser would send for a new key. */
export function made(key: SoftKey, challenge: string, change: Partial<Making> = {}) {
  const { clientData, attestation } = registers(key, { challenge, ...here, ...change })
  return {
    ...{ name: 'Security key', transports: ['usb'] },
    ...{ client_data: toBase64Url(clientData), attestation: toBase64Url(attestation) },
  }
}

export const send = (cookie: string, body: object) => call(enrol, '/api/v1/passkeys', { cookie, body })

/** Enrols a key for whoever this session belongs to. */
export async function enrolled(cookie: string): Promise<SoftKey> {
  const key = softKey()
  const { body } = await askChallenge(cookie)
  const answer = await send(cookie, made(key, body.challenge))
  if (answer.status !== 201) throw new Error(`not enrolled: ${answer.text}`)
  return key
}
