import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { formatVkey } from '../../lib/record/note'
import { type Answer, addCheckpoint, type Witnessing } from './answer'

/** A proof of 63 hashes and a note of 100 lines fit four times. */
const MOST_BYTES = 64 * 1024
const TEXT = 'text/plain; charset=utf-8'

export type Report = (event: {
  readonly status: number
  readonly sentence: string
  readonly ms: number
}) => void

/** `POST /add-checkpoint`, and `GET /` for people. */
export function witnessServer(witnessing: Witnessing, report: Report): Server {
  const server = createServer(async (request, response) => {
    const begun = performance.now()
    const answer = await answered(request, witnessing).catch(
      (error: unknown): Answer => ({
        status: 500,
        body: 'this witness can not keep what it would sign\n',
        contentType: TEXT,
        ...note(error, report),
      }),
    )
    send(response, answer)
    if (request.method === 'POST')
      report({
        status: answer.status,
        sentence: answer.status === 200 ? 'cosigned' : answer.body.trim(),
        ms: Math.round(performance.now() - begun),
      })
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5_000
  server.maxRequestsPerSocket = 1_000
  return server
}

function note(error: unknown, report: Report): object {
  report({ status: 500, sentence: error instanceof Error ? error.message : 'unknown', ms: 0 })
  return {}
}

async function answered(request: IncomingMessage, witnessing: Witnessing): Promise<Answer> {
  const path = request.url?.split('?')[0]
  if (path === '/') return { status: 200, body: await introduction(witnessing), contentType: TEXT }
  if (path !== '/add-checkpoint') return { status: 404, body: 'not found\n', contentType: TEXT }
  if (request.method !== 'POST') return { status: 405, body: 'POST only\n', contentType: TEXT }
  const body = await bodyOf(request)
  return body
    ? addCheckpoint(body, witnessing)
    : { status: 413, body: 'this request is too large\n', contentType: TEXT }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BYTES) return null
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** Everything here is public: whom to trust, and how far. */
async function introduction({ own, logs, memory }: Witnessing): Promise<string> {
  const lines = await Promise.all(
    (await logs.all()).map(async ({ name }) => `${name}  ${(await memory.newest(name))?.size ?? 0} entries`),
  )
  return `A witness of transparency logs (c2sp.org/tlog-witness).\n\n${formatVkey(own)}\n\n${[...new Set(lines)].join('\n')}\n`
}

function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
