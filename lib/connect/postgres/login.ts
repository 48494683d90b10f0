import { codeOf } from '../scrub'
import { type Target, withConnection } from './target'

export type LoginResult = 'accepted' | 'refused' | 'unknown'
export type LoginAttempt = { readonly result: LoginResult; readonly code: string }

/** invalid_password; invalid_authorization_specification (a role that may not log in). */
const REFUSALS = ['28P01', '28000']

/** Tries to log in, and does nothing else. Anything but a clear yes or no is unknown. */
export async function tryLogin(target: Target, user: string, password: string): Promise<LoginAttempt> {
  try {
    await withConnection(target, { user, password }, (sql) => sql`select 1`)
    return { result: 'accepted', code: '00000' }
  } catch (error) {
    const code = codeOf(error)
    return { result: REFUSALS.includes(code) ? 'refused' : 'unknown', code }
  }
}
