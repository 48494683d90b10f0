import { publicJwks, type WarrantKey } from '@/lib/action/warrant'
import type { JsonWebKeySet } from '@/lib/record/jwks'
import type { Ed25519Signer } from '@/lib/record/signature'
import type { Signing } from '@/lib/registry/key-event'
import { goodKeys, type KnownKey, keyInUse } from '@/lib/registry/keys'
import type { Client } from '../client'
import { keyRecord } from './known'
import { exportSigner } from './make'
import type { KeyRing } from './ring'

/**
 * The application's keys as they are now, asked at each use: the record says which key of a purpose signs and whose signatures count, the ring
 * holds the private halves. So a rotation needs nobody to be started again, and nothing is signed with a key that the record doesn't show.
 */
export type LiveKeys = {
  readonly warrant: () => Promise<WarrantKey>
  /** All that may have signed a living warrant, and the one that is about to sign. */
  readonly warrants: () => Promise<JsonWebKeySet>
  readonly token: () => Promise<WarrantKey>
  readonly tokens: () => Promise<JsonWebKeySet>
  readonly export: () => Promise<Ed25519Signer>
}

export function liveKeys(sql: Client, org: string, ring: KeyRing): LiveKeys {
  const record = keyRecord(sql, org)
  const signing = async (purpose: 'warrant' | 'token' | 'export') =>
    textOf(ring, purpose, (await record()).known)
  const jwk = async (purpose: 'warrant' | 'token') => JSON.parse(await signing(purpose)) as WarrantKey
  const good = async (purpose: 'warrant' | 'token') => {
    const found = await record()
    const ids = goodKeys(found.known, purpose).map(({ id }) => id)
    const shown = found[`${purpose}_keys`].filter(({ kid }) => ids.includes(kid))
    return publicJwks(shown.map(({ kid, jwk: key }) => ({ ...key, kid })))
  }
  return {
    warrant: () => jwk('warrant'),
    warrants: () => good('warrant'),
    token: () => jwk('token'),
    tokens: () => good('token'),
    export: async () => exportSigner(await signing('export')),
  }
}

/** @throws Error where the record shows no key in use of which we hold the private half */
function textOf(ring: KeyRing, purpose: Signing, known: readonly KnownKey[]): string {
  const held = ring.held(purpose)
  const usable = known.filter((key) => held.some(({ kid }) => kid === ringKid(key)))
  // Our clock may be a little behind that of the record: a first key then signs nonetheless.
  const key = keyInUse(usable, purpose, new Date().toISOString()) ?? goodKeys(usable, purpose)[0]
  const text = key && held.find(({ kid }) => kid === ringKid(key))?.text
  if (!text) throw new Error(`There is no ${purpose} key in use, on the record and in our hands.`)
  return text
}

/** How the ring names a key: an export key's fingerprint in base64url, so that it can be a file's name. */
export function ringKid({ purpose, id }: Pick<KnownKey, 'purpose' | 'id'>): string {
  return purpose === 'export' ? id.replace('SHA256:', '').replaceAll('+', '-').replaceAll('/', '_') : id
}
