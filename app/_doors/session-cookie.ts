import { createHash, randomBytes } from 'node:crypto'
import type { Settings } from './settings'

/** `__Host-`: this host alone, over TLS alone, for all paths: no other site can plant it. Plain HTTP is for one's own machine. */
export function cookieName({ origin }: Pick<Settings, 'origin'>): string {
  return origin.startsWith('https:') ? '__Host-on-record' : 'on-record'
}

/** `<org>.<256 random bits>`; what is kept is its digest. */
export function newToken(org: string): string {
  return `${org}.${randomBytes(32).toString('base64url')}`
}

export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export type SessionToken = { readonly org: string; readonly digest: string }

export function readCookie(header: string | null, settings: Pick<Settings, 'origin'>): SessionToken | null {
  const token = cookiesOf(header).get(cookieName(settings))
  const match = /^([a-z][a-z0-9_-]{0,63})\.[A-Za-z0-9_-]{43}$/.exec(token ?? '')
  return match?.[1] && token ? { org: match[1], digest: digestOf(token) } : null
}

export function cookiesOf(header: string | null): Map<string, string> {
  const pairs = (header ?? '').split(/;\s*/).flatMap((pair) => {
    const at = pair.indexOf('=')
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)] as const] : []
  })
  return new Map(pairs)
}

export function setCookie(token: string, settings: Pick<Settings, 'origin' | 'longest'>): string {
  return `${cookieName(settings)}=${token}; ${attributes(settings)}; Max-Age=${settings.longest}`
}

export function clearCookie(settings: Pick<Settings, 'origin'>): string {
  return `${cookieName(settings)}=; ${attributes(settings)}; Max-Age=0`
}

/** What every cookie of ours is sent with: over TLS alone where there is TLS, and never to a script. */
export function attributes({ origin }: Pick<Settings, 'origin'>, path = '/'): string {
  return `Path=${path}; HttpOnly; SameSite=Lax${origin.startsWith('https:') ? '; Secure' : ''}`
}
