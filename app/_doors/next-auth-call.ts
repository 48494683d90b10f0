import { createHash, randomBytes } from 'node:crypto'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type NextAuthOptions } from 'next-auth'
import { cookiesOf } from './session-cookie'

/** What next-auth wants done: where to go, and the cookies of a sign-in under way. */
export type Outcome = {
  readonly status: number
  readonly location: string | null
  readonly cookies: readonly string[]
}
type Handler = (
  request: NextApiRequest,
  response: NextApiResponse,
  options: NextAuthOptions,
) => Promise<unknown>

/** Calls next-auth with a plain request, so that it knows of nothing but this. Only a sign-in's start and its return get here. */
export async function callNextAuth(
  request: Request,
  action: 'signin' | 'callback',
  options: NextAuthOptions & { secret: string },
): Promise<Outcome> {
  const sent = action === 'callback' ? returning(request) : starting(options.secret)
  const answered = { status: 200, location: null as string | null, cookies: [] as string[] }
  const response = {
    status(code: number) {
      answered.status = code
      return response
    },
    getHeader: (name: string) => (name === 'Set-Cookie' ? [...answered.cookies] : undefined),
    setHeader(name: string, value: string | string[]) {
      if (name === 'Set-Cookie') answered.cookies = [value].flat()
      if (name === 'Location') answered.location = String(value)
      return response
    },
    end: () => response,
    send: () => response,
    json: () => response,
  }
  const fake = { headers: {}, ...sent, query: { ...sent.query, nextauth: [action, 'oidc'] } }
  await handler()(fake as unknown as NextApiRequest, response as unknown as NextApiResponse, options)
  return answered
}

function returning(request: Request) {
  const cookies = [...cookiesOf(request.headers.get('cookie'))].filter(([name]) =>
    name.includes('next-auth.'),
  )
  const query = Object.fromEntries(new URL(request.url).searchParams)
  return {
    method: 'GET',
    query,
    body: undefined,
    cookies: Object.fromEntries(cookies.map(([name, value]) => [name, decodeURIComponent(value)])),
  }
}

/** A start changes nothing here: the state that comes back with the provider's answer is what ties the two together. */
function starting(secret: string) {
  const csrfToken = randomBytes(32).toString('hex')
  const cookie = `${csrfToken}|${createHash('sha256').update(`${csrfToken}${secret}`).digest('hex')}`
  return {
    method: 'POST',
    query: {},
    body: { csrfToken },
    cookies: { 'next-auth.csrf-token': cookie, '__Host-next-auth.csrf-token': cookie },
  }
}

/** Bundlers and Node disagree about what the default of a CommonJS module is. */
function handler(): Handler {
  const found: unknown =
    typeof NextAuth === 'function' ? NextAuth : (NextAuth as { default: unknown }).default
  return found as Handler
}
