import { sshKeyOf } from './make'
import type { PrivateKey } from './sealed-file'

export type PublicJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** Named member by member, so that a private one can't slip out. */
export function publicJwk({ kid, text }: PrivateKey): { readonly kid: string; readonly jwk: PublicJwk } {
  const { x, y } = JSON.parse(text) as PublicJwk
  return { kid, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

/** What the record says of a key of the application, as `publishKeys` takes it. */
export function publicHalf(purpose: 'warrant' | 'token' | 'export', key: PrivateKey) {
  return purpose === 'export' ? sshKeyOf(key.text) : publicJwk(key)
}
