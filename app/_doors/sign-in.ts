import type { NextAuthOptions, Profile } from 'next-auth'
import { holderOf } from '@/db/members-sign-in'
import type { Authentication } from '@/lib/identity/actor'
import type { Doors } from './deps'
import { beginSession, endSession } from './local'
import { callNextAuth } from './next-auth-call'
import { attributes, cookiesOf } from './session-cookie'
import type { Settings } from './settings'
import { tieAccount } from './tie-account'

/** Why somebody whom the provider knows doesn't get in. */
export type WhyNot = 'unknown' | 'unverified' | 'removed' | 'taken' | 'issuer' | 'failed'

const BACK = 'on-record-back'

/** Sends the browser to the provider, and remembers where to come back to. `fresh` asks the provider to have the person sign in again. */
export async function startSignIn(request: Request, doors: Doors): Promise<Response> {
  const url = new URL(request.url)
  const options = optionsFor(doors.settings, url.searchParams.get('fresh') === '1', async () => false)
  if (!options) return redirect('/sign-in')
  const { location, cookies } = await callNextAuth(request, 'signin', options)
  const back = ownPath(url.searchParams.get('back') ?? url.searchParams.get('callbackUrl'))
  return redirect(location ?? refusedAt('failed'), [
    ...cookies,
    `${BACK}=${encodeURIComponent(back)}; ${attributes(doors.settings)}; Max-Age=900`,
  ])
}

/** The browser comes back with the provider's answer: checked by next-auth (state, PKCE, nonce, signature, issuer, audience). */
export async function finishSignIn(request: Request, doors: Doors): Promise<Response> {
  let cookie: string | null = null
  const options = optionsFor(doors.settings, false, async (claims) => {
    const signedIn = await admit(claims, doors)
    if ('refused' in signedIn) return refusedAt(signedIn.refused)
    await endSession(request, doors)
    cookie = await beginSession(doors, signedIn.member, signedIn.auth)
    return ownPath(decodeURIComponent(cookiesOf(request.headers.get('cookie')).get(BACK) ?? ''))
  })
  if (!options) return redirect('/sign-in')
  const { location, cookies } = await callNextAuth(request, 'callback', options)
  const ours = cookie ? [cookie, `${BACK}=; ${attributes(doors.settings)}; Max-Age=0`] : []
  return redirect(cookie ? (location ?? '/inbox') : (refusal(location) ?? refusedAt('failed')), [
    ...cookies.filter((each) => !each.includes('session-token')),
    ...ours,
  ])
}

type Claims = Profile & {
  readonly iss?: unknown
  readonly email_verified?: unknown
  readonly acr?: unknown
  readonly amr?: unknown
  readonly auth_time?: unknown
}

/** Who this is here. The identity is issuer and subject, and the issuer is ours (C69). Nobody is let in before the record says so. */
export async function admit(
  claims: Claims,
  doors: Doors,
): Promise<{ member: string; auth: Authentication } | { refused: WhyNot }> {
  const { sql, settings } = doors
  const { iss, sub, email } = claims
  if (typeof iss !== 'string' || typeof sub !== 'string' || bare(iss) !== bare(settings.oidc?.issuer ?? ''))
    return { refused: 'issuer' }
  const emailVerified = claims.email_verified === true
  const account = { issuer: iss, subject: sub }
  const holder = await holderOf(sql, settings.org, {
    ...account,
    email: typeof email === 'string' ? email : null,
    emailVerified,
  })
  if ('refused' in holder) return holder
  const { member, onRecord } = holder
  const untied = onRecord ? null : await tieAccount(doors, member, account)
  return untied ? { refused: untied } : { member, auth: authenticationOf(claims) }
}

/** As the id_token says. A provider that doesn't say when the person signed in has said "long ago" (C08). */
export function authenticationOf({
  acr,
  amr,
  auth_time,
}: Pick<Claims, 'acr' | 'amr' | 'auth_time'>): Authentication {
  const now = Math.floor(Date.now() / 1000)
  return {
    acr: typeof acr === 'string' && acr.length <= 200 ? acr : 'unspecified',
    amr: Array.isArray(amr) ? amr.filter((each) => typeof each === 'string').slice(0, 20) : [],
    auth_time:
      typeof auth_time === 'number' && Number.isInteger(auth_time) && auth_time > 0
        ? Math.min(auth_time, now)
        : 0,
  }
}

function optionsFor(
  { oidc, secret, origin, longest }: Settings,
  fresh: boolean,
  admitted: (claims: Claims) => Promise<string | false>,
): (NextAuthOptions & { secret: string }) | null {
  if (!oidc) return null
  // next-auth reads its own address from here and from nowhere else.
  process.env.NEXTAUTH_URL = `${origin}/api/auth`
  // Asking for an age, any age, is what obliges a provider to say when the person signed in (OpenID Connect Core 3.1.2.1).
  const age: Record<string, string> = fresh ? { max_age: '0', prompt: 'login' } : { max_age: String(longest) }
  return {
    secret,
    session: { strategy: 'jwt' },
    useSecureCookies: origin.startsWith('https:'),
    pages: { signIn: '/sign-in', error: refusedAt('failed') },
    providers: [
      {
        id: 'oidc',
        name: 'OpenID Connect',
        type: 'oauth',
        wellKnown: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId: oidc.clientId,
        clientSecret: oidc.clientSecret,
        authorization: { params: { scope: oidc.scope, ...age } },
        checks: ['pkce', 'state', 'nonce'],
        idToken: true,
        profile: (profile: Profile) => ({ id: profile.sub ?? '' }),
      },
    ],
    callbacks: { signIn: ({ profile }) => admitted(profile ?? {}) },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  }
}

function refusedAt(why: WhyNot): string {
  return `/api/auth/refused?why=${why}`
}

function refusal(location: string | null): string | null {
  return location?.startsWith('/api/auth/refused?why=') ? location : null
}

/** Only ever a path of our own. */
export function ownPath(back: string | null): string {
  if (!back?.startsWith('/') || back.startsWith('//') || /[\\\s]/.test(back)) return '/inbox'
  const url = new URL(back, 'https://own.invalid')
  return url.origin === 'https://own.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/inbox'
}

function bare(issuer: string): string {
  return issuer.replace(/\/$/, '')
}

export function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
