import { type BaseClient, Issuer } from 'openid-client'
import { utf8 } from '@/lib/record/bytes'
import { openIdToken } from '@/lib/record/verify/id-token'
import type { Settings } from './settings'

type Known = NonNullable<Settings['oidc']>
const kept = new Map<string, Promise<BaseClient>>()

/** The organisation's provider, as a client of it: found by its discovery document, once. */
export function providerOf(
  { origin }: Pick<Settings, 'origin'>,
  { issuer, clientId, clientSecret }: Known,
): Promise<BaseClient> {
  const address = `${origin} ${issuer} ${clientId}`
  const known = kept.get(address)
  if (known) return known
  const found = Issuer.discover(issuer).then(
    ({ Client }) =>
      new Client({
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [callbackOf({ origin })],
        response_types: ['code'],
      }),
  )
  kept.set(address, found)
  // One that doesn't answer now is asked again.
  found.catch(() => kept.delete(address))
  return found
}

/** The same address as for any sign-in: nothing more has to be registered with the provider. */
export function callbackOf({ origin }: Pick<Settings, 'origin'>): string {
  return `${origin}/api/auth/callback/oidc`
}

const MOST_KEYS = 256 * 1024
const PATIENCE_MS = 5_000

/** The issuer's keys, byte for byte as they are now, having checked that this id_token's signature stands under them. @throws Error */
export async function keysFor(idToken: string, { issuer }: BaseClient): Promise<Uint8Array> {
  const answer = await fetch(String(issuer.metadata.jwks_uri), {
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'error',
  })
  if (!answer.ok) throw new Error('the issuer’s keys can’t be had')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length > MOST_KEYS) throw new Error('the issuer’s keys are too many')
  // By the very rules that a verifier of the record will check it by.
  if (!(await openIdToken(utf8(idToken), bytes))?.isSigned)
    throw new Error('its signature is not by one of the issuer’s keys')
  return bytes
}
