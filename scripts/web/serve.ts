import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { isCutOff, over, textOf } from '@/app/_doors/wire'

export type Serving = {
  /** Scheme and host of every address, whatever a request claims. */
  readonly origin: string
  readonly answers: (request: Request) => Promise<Response>
  /** What is said when `answers` throws, or an answer breaks off. */
  readonly unforeseen: (thrown: unknown) => Response
}

/** Node's request as the standard one, and the standard answer as Node's. */
export function serve(serving: Serving): RequestListener {
  return (incoming, response) => void served(serving, incoming, response)
}

async function served(
  { origin, answers, unforeseen }: Serving,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await answered(() => answers(requestOf(origin, incoming, response))).catch(unforeseen)
  await sent(answer, response).catch((thrown: unknown) => {
    if (!isCutOff(thrown)) unforeseen(thrown)
    response.destroy()
  })
}

/** What throws at once is a rejection as well. */
async function answered(answering: () => Promise<Response>): Promise<Response> {
  return answering()
}

function requestOf(origin: string, incoming: IncomingMessage, response: ServerResponse): Request {
  const { method = 'GET', url = '/' } = incoming
  // Of all headers `set-cookie` alone comes as a list, and no request has it.
  const headers = incoming.headers as Record<string, string>
  const body = method === 'GET' || method === 'HEAD' ? null : incoming.iterator({ destroyOnReturn: false })
  const left = () => leaving(incoming, response)
  return over({ body, left }, new Request(`${origin}${url}`, { method, headers }))
}

function leaving(incoming: IncomingMessage, response: ServerResponse): AbortSignal {
  const leaves = new AbortController()
  if (hasLeft(response) || (incoming.destroyed && !incoming.complete)) leaves.abort()
  else
    response.once('close', () => {
      if (!response.writableFinished) leaves.abort()
    })
  return leaves.signal
}

function hasLeft(response: ServerResponse): boolean {
  return response.closed && !response.writableFinished
}

async function sent(answer: Response, response: ServerResponse): Promise<void> {
  if (hasLeft(response)) return answer.body?.cancel()
  const headers = headersOf(answer)
  const text = textOf(answer)
  if (text !== null) {
    response.writeHead(answer.status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
    return
  }
  response.writeHead(answer.status, headers)
  if (!answer.body) return void response.end()
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), response)
}

/** Each cookie is a line of its own (RFC 6265 3). */
function headersOf({ headers }: Response): Record<string, string | string[]> {
  const cookies = headers.getSetCookie()
  return { ...Object.fromEntries(headers), ...(cookies.length ? { 'set-cookie': cookies } : {}) }
}
