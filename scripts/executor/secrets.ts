import type { JWK } from 'jose'
import type { Work } from '../../lib/connect/connector'
import { open } from '../../lib/connect/seal'
import type { Door } from './door'

type Sealed = { readonly sealed: readonly { readonly jwe: string }[] }

/** Fetches the case's sealed secrets; what is returned opens them. In the clear they stay in this process, for as long as the work that asked. */
export async function leakedSecrets(door: Door, encKey: JWK, caseId: string): Promise<Work['leaked']> {
  const answer = await door.get<Sealed>(`/api/v1/executor/secrets/${encodeURIComponent(caseId)}`)
  if (!answer.ok && answer.status === 404) return async () => []
  if (!answer.ok)
    return () =>
      Promise.reject(withheld(`The leaked secrets of this case were not given to us: ${answer.code}.`))
  const { sealed } = answer.body
  return () => Promise.all(sealed.map(({ jwe }) => opened(jwe, encKey)))
}

async function opened(jwe: string, encKey: JWK): Promise<string> {
  try {
    return await open(jwe, encKey)
  } catch {
    throw withheld('A leaked secret of this case is sealed to another key than ours.')
  }
}

function withheld(sentence: string): Error {
  return Object.assign(new Error(sentence), { code: 'SEALED' })
}
