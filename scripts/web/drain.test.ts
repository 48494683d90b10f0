import { Agent, createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bodyOf } from '@/app/_doors/wire'
import { listener } from './listener'
import { serve } from './serve'
import { closed } from './stop'

const LARGE = Buffer.alloc(20_000_000, 'a line of text\n')

/** Says what it has to say before it has read what is sent, as the path has it. */
const answers = serve({
  origin: 'http://localhost',
  unforeseen: () => new Response(null, { status: 500 }),
  answers: async (asked) => {
    const parts = bodyOf(asked)?.[Symbol.asyncIterator]()
    if (asked.url.endsWith('/begun')) await parts?.next()
    if (asked.url.endsWith('/given-up')) await parts?.next().then(() => parts.return?.())
    return new Response('no', { status: 403 })
  },
})
const refuses: RequestListener = (_request, response) => response.writeHead(404).end('nowhere')
const server = createServer(listener(answers, refuses))
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => {
  agent.destroy()
  return closed(server)
})

function ask(method: string, path: string, body?: Buffer): Promise<number | undefined> {
  const { port } = server.address() as AddressInfo
  const headers = body ? { 'content-length': body.length } : {}
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      response.resume().once('end', () => done(response.statusCode))
    })
    sent.once('error', fail).end(body)
  })
}

it.each([
  ['of which nothing was read', '/api/unread', 403, 403],
  ['that was begun to be read', '/api/begun', 403, 403],
  ['that was begun and given up', '/api/given-up', 403, 403],
  ['that a page doesn’t take', '/nowhere', 405, 404],
])(
  'a large file %s is refused, and what comes after it on the same connection is answered',
  async (_name, path, taken, asked) => {
    expect(await ask('POST', path, LARGE)).toBe(taken)
    expect(await ask('GET', path)).toBe(asked)
  },
)
