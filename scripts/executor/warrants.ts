import type { Action } from '../../lib/action/event'
import { thumbprint } from '../../lib/action/warrant'
import { actionDigest } from '../../lib/record/approval'
import type { JsonWebKeySet } from '../../lib/record/jwks'
import { checkWarrant, type WarrantRefusal } from '../../lib/record/warrant'
import type { WarrantClaims } from '../../lib/record/warrant-claims'
import type { Config } from './config'
import type { Door } from './door'

export type Checked = { readonly claims: WarrantClaims } | { readonly refused: WarrantRefusal }

/** Our own check of a warrant before we redeem it: for us, for this very action, made by the key that On Record publishes. */
export function warrantChecker(door: Door, config: Config, isSeen: (jti: string) => boolean) {
  let jwks: JsonWebKeySet | null = null
  const fetchKeys = async () => {
    const answer = await door.get<JsonWebKeySet>('/.well-known/jwks.json')
    jwks = answer.ok ? answer.body : null
    return jwks ?? { keys: [] }
  }
  const check = (jwt: string, item: { request: string; action: Action }, keys: JsonWebKeySet): Checked => {
    const { action, request } = item
    const verdict = checkWarrant(jwt, {
      jwks: keys,
      issuer: config.issuer,
      audience: action.connector,
      now: Date.now() / 1_000,
      leeway: 5,
      isSeen,
      executor: config.nhi,
      thumbprint: thumbprint(config.key),
      actionDigest: actionDigest(action),
    })
    if ('refused' in verdict) return verdict
    const { claims } = verdict.warrant
    return claims.txn === request && claims.case === action.case ? { claims } : { refused: 'wrong_action' }
  }
  return async (jwt: string, item: { request: string; action: Action }): Promise<Checked> => {
    const checked = check(jwt, item, jwks ?? (await fetchKeys()))
    // A key may have been added since we last looked; once is enough.
    if ('refused' in checked && checked.refused === 'unknown_key') return check(jwt, item, await fetchKeys())
    return checked
  }
}
