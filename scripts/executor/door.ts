import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import { makeProof } from '../../lib/action/proof'
import type { Config } from './config'

/** On Record's answer: what was asked for, or its refusal. */
export type Answer<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly status: number; readonly code: string; readonly sentence: string }

/** No answer at all, or one that says nothing about the request: it may or may not have been carried out. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

export type Door = {
  readonly get: <Body>(path: string) => Promise<Answer<Body>>
  readonly post: <Body>(path: string, body: unknown) => Promise<Answer<Body>>
  /** Opens a stream of server-sent events. */
  readonly listen: (path: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>
}

const TIMEOUT_MS = 15_000

/** The executor's side of the HTTP API. It goes nowhere but to the configured origin, and follows no redirect. */
export function door(config: Pick<Config, 'app' | 'issuer' | 'nhi' | 'key'>): Door {
  const tokens = tokenSource(config)

  async function send(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
    again = true,
  ): Promise<Response> {
    const token = await tokens.current()
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      dpop: await makeProof(
        { method, url: `${config.issuer}${path}`, accessToken: token, jti: randomUUID(), now: Date.now() },
        config.key,
      ),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const response = await reach(`${config.app}${path}`, {
      method,
      headers,
      signal,
      redirect: 'error',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.status !== 401 || !again) return response
    tokens.forget()
    await response.body?.cancel()
    return send(method, path, body, signal, false)
  }

  async function ask<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    const response = await send(method, path, body, AbortSignal.timeout(TIMEOUT_MS))
    if (response.status >= 500) throw new Unreachable(`${path} answered ${response.status}`)
    const said = await bodyOf(response, path)
    if (response.ok) return { ok: true, body: said as Body }
    const { code = 'refused', sentence = '' } = said as { code?: string; sentence?: string }
    return { ok: false, status: response.status, code, sentence }
  }

  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    async listen(path, signal) {
      const response = await send('GET', path, undefined, signal)
      if (!response.ok || !response.body) throw new Unreachable(`${path} answered ${response.status}`)
      return response.body
    },
  }
}

/** RFC 7523: an assertion signed with the enrolled key, for a token of five minutes. There is no shared secret. */
function tokenSource(config: Pick<Config, 'app' | 'issuer' | 'nhi' | 'key'>) {
  let held: { token: string; until: number } | null = null
  return {
    forget: () => {
      held = null
    },
    async current(): Promise<string> {
      if (held && Date.now() < held.until) return held.token
      const response = await reach(`${config.app}/api/v1/token`, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await assertion(config),
        }),
      })
      const said = (await bodyOf(response, 'token')) as { access_token?: string; expires_in?: number }
      if (!response.ok || !said.access_token) throw new Unreachable(`no token: ${response.status}`)
      held = { token: said.access_token, until: Date.now() + ((said.expires_in ?? 60) - 30) * 1_000 }
      return held.token
    },
  }
}

async function assertion({ issuer, nhi, key }: Pick<Config, 'issuer' | 'nhi' | 'key'>): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', ...(key.kid && { kid: key.kid }) })
    .setIssuer(nhi)
    .setSubject(nhi)
    .setAudience(`${issuer}/api/v1/token`)
    .setIssuedAt()
    .setExpirationTime('60s')
    .setJti(randomUUID())
    .sign(await importJWK(key, 'ES256'))
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw new Unreachable(error instanceof Error ? error.message : 'no answer')
  }
}

async function bodyOf(response: Response, path: string): Promise<unknown> {
  try {
    const text = await response.text()
    return text === '' ? {} : JSON.parse(text)
  } catch {
    throw new Unreachable(`${path} did not answer in full`)
  }
}
