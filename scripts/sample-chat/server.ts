import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Json } from './workspace'

export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer }
/** `path` without the query; `body` is a form's fields or JSON, already read. */
export type Request = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: Json
}

const MOST_BYTES = 2_000_000
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Listens on this computer only, and answers only to its own name: another site's page can't reach it by renaming itself. */
export async function listen(
  port: number,
  handle: (request: Request) => Promise<Answer>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, handle, server)
      .catch(() => ({ status: 500, body: 'The sample chat failed.' }))
      .then((result) => send(outgoing, result))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function answer(
  incoming: IncomingMessage,
  handle: (request: Request) => Promise<Answer>,
  server: Server,
): Promise<Answer> {
  const port = (server.address() as AddressInfo).port
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!hosts.includes(incoming.headers.host ?? ''))
    return { status: 421, body: 'This server answers on 127.0.0.1 only.' }
  const url = new URL(incoming.url ?? '/', `http://${hosts[0]}`)
  const raw = await bytes(incoming)
  if (raw === null) return { status: 413, body: 'Too large.' }
  const body = decode(raw.toString(), incoming.headers['content-type'] ?? '')
  return handle({
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  })
}

async function bytes(incoming: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    if (size > MOST_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function decode(text: string, type: string): Json {
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
  } catch {
    return {}
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...HEADERS, ...headers })
  outgoing.end(body ?? '')
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** The page's few files lie beside this one, also when it is bundled. */
export async function file(name: string): Promise<Answer> {
  const type = TYPES[name.split('.').at(-1) ?? '']
  if (!/^[a-z-]{1,30}\.[a-z]{2,4}$/.test(name) || type === undefined)
    return { status: 404, body: 'Not found.' }
  try {
    return {
      status: 200,
      headers: { 'content-type': type },
      body: await readFile(new URL(`./page/${name}`, import.meta.url)),
    }
  } catch {
    return { status: 404, body: 'Not found.' }
  }
}
