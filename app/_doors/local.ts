import { readMember } from '@/db/members-sign-in'
import { closeSession, openSession } from '@/db/sessions'
import { type Refusal, refuse } from '@/lib/act/refusal'
import type { Doors } from './deps'
import { notFound } from './not-found'
import { digestOf, newToken, readCookie, setCookie } from './session-cookie'
import { isLoopback, type Settings } from './settings'
import { sameOrigin } from './who'

/**
 * Signing in by name alone is for the sample on one's own machine: the mode is local, the app listens on loopback, no database
 * of somebody's is connected (`Settings.localSignIn`), and this very request was sent to a loopback address.
 */
export function mayActLocally(request: Request, settings: Pick<Settings, 'localSignIn'>): boolean {
  if (!settings.localSignIn) return false
  const asked = [request.headers.get('host'), request.headers.get('x-forwarded-host')].filter(
    (host) => host !== null,
  )
  return asked.length > 0 && asked.every(isLoopbackHost)
}

/** `[::1]:3000` -> true. What doesn't read as a host is none. */
function isLoopbackHost(host: string): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
}

/** A session for a member of the sample, as a cookie. */
export async function signInLocally(
  request: Request,
  person: string,
  { settings, sql }: Doors,
): Promise<{ cookie: string } | Refusal> {
  if (!mayActLocally(request, settings))
    return refuse('not_found', 'There is no such sign-in here.', 'Sign in with your organisation’s account.')
  const foreign = sameOrigin(request, settings.origin)
  if (foreign) return foreign
  const member = await readMember(sql, settings.org, person)
  if (!member?.active) return notFound()
  await endSession(request, { settings, sql })
  const auth = { acr: 'local', amr: ['none'], auth_time: Math.floor(Date.now() / 1000) }
  return { cookie: await beginSession({ settings, sql }, member.id, auth) }
}

export async function beginSession(
  { settings, sql }: Pick<Doors, 'settings' | 'sql'>,
  member: string,
  auth: { acr: string; amr: readonly string[]; auth_time: number },
): Promise<string> {
  const token = newToken(settings.org)
  await openSession(sql, {
    org: settings.org,
    digest: digestOf(token),
    member,
    auth,
    longest: settings.longest,
  })
  return setCookie(token, settings)
}

export async function endSession(
  request: Request,
  { settings, sql }: Pick<Doors, 'settings' | 'sql'>,
): Promise<void> {
  const session = readCookie(request.headers.get('cookie'), settings)
  if (session) await closeSession(sql, session.org, session.digest)
}
