import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { bodyOf, leaving, json as said } from '@/app/_doors/wire'
import { serve } from './serve'
import { closed } from './stop'

const json = (value: unknown, status = 200) => said(value, { status, headers: {} })

type Answers = (request: Request) => Promise<Response>
let answers: Answers
const unforeseen = vi.fn((_thrown: unknown) => json({ error: 'internal' }, 500))
const server = createServer(
  serve({ origin: 'https://desk.example', answers: (asked) => answers(asked), unforeseen }),
)
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterEach(() => unforeseen.mockClear())
afterAll(() => {
  agent.destroy()
  return closed(server)
})

const port = () => (server.address() as AddressInfo).port

type Told = { status: number | undefined; headers: IncomingMessage['headers']; text: string; whole: boolean }

function ask(method: string, body?: string): Promise<Told> {
  return new Promise((done, fail) => {
    const sent = request(
      { host: '127.0.0.1', port: port(), method, path: '/x?y=1', agent, headers: { host: 'evil.example' } },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', () => undefined)
        response.on('close', () => {
          const { statusCode: status, headers, complete: whole } = response
          done({ status, headers, text: Buffer.concat(parts).toString(), whole })
        })
      },
    )
    sent.once('error', fail).end(body)
  })
}

async function textIn(asked: Request): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bodyOf(asked) ?? []) parts.push(part)
  return Buffer.concat(parts).toString()
}

it('hands over what was asked, at our own address whatever the request claims, and its body', async () => {
  answers = async (asked) =>
    json([asked.method, asked.url, asked.headers.get('host'), await textIn(asked)], 201)
  const { status, headers, text } = await ask('POST', 'Rotate that key')
  expect(status).toBe(201)
  expect(JSON.parse(text)).toEqual(['POST', 'https://desk.example/x?y=1', 'evil.example', 'Rotate that key'])
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': `${text.length}` })
})

it('a text counts in bytes, and each cookie is a line of its own', async () => {
  answers = async () => {
    const answer = json('Æ ✓')
    answer.headers.append('set-cookie', 'a=1; HttpOnly')
    answer.headers.append('set-cookie', 'b=2')
    return answer
  }
  const { headers, text } = await ask('GET')
  expect(text).toBe('"Æ ✓"')
  expect(headers['set-cookie']).toEqual(['a=1; HttpOnly', 'b=2'])
})

it('nothing is said where there is nothing to say', async () => {
  answers = async () => new Response(null, { status: 204 })
  expect(await ask('POST', 'x')).toMatchObject({ status: 204, text: '', whole: true })
})

it('what comes in parts is sent in parts', async () => {
  answers = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from('one '))
          setImmediate(() => {
            controller.enqueue(Buffer.from('two'))
            controller.close()
          })
        },
      }),
    )
  expect(await ask('GET')).toMatchObject({ status: 200, text: 'one two', whole: true })
})

it.each([
  [
    'at once',
    (): Promise<Response> => {
      throw new TypeError('no')
    },
  ],
  ['later', async (): Promise<Response> => Promise.reject(new TypeError('no'))],
])('what throws %s is told of, and says that something went wrong', async (_when, failing) => {
  answers = failing
  expect(await ask('GET')).toMatchObject({ status: 500, text: '{"error":"internal"}' })
  expect(unforeseen).toHaveBeenCalledOnce()
})

it('an answer that breaks off looks broken off, and is told of', async () => {
  answers = async () =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(Buffer.from('half of it')),
        pull: () => Promise.reject(new Error('the disk is gone')),
      }),
    )
  expect(await ask('GET')).toMatchObject({ status: 200, whole: false })
  await vi.waitFor(() => expect(unforeseen).toHaveBeenCalledOnce())
})

it('who leaves while they send is known to have left, and nothing is wrong with us', async () => {
  const told = new Promise<[unknown, boolean]>((done) => {
    answers = async (asked) => {
      const thrown = await textIn(asked).catch((error: unknown) => error)
      done([thrown, leaving(asked).aborted])
      return json('nobody reads this')
    }
  })
  const socket = connect(port(), '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy())
  const [thrown, hasLeft] = await told
  expect(thrown).toBeInstanceOf(Error)
  expect(hasLeft).toBe(true)
  expect(unforeseen).not.toHaveBeenCalled()
})

it('who leaves while they are told lets go of what they were told, at once', async () => {
  const letGo = vi.fn()
  const left = new Promise<boolean>((done) => {
    answers = async (asked) => {
      leaving(asked).addEventListener('abort', () => done(true))
      return new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(Buffer.from('retry: 2000\n\n')),
          cancel: letGo,
        }),
      )
    }
  })
  const socket = connect(port(), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  socket.once('data', () => socket.destroy())
  expect(await left).toBe(true)
  await vi.waitFor(() => expect(letGo).toHaveBeenCalledOnce())
  expect(unforeseen).not.toHaveBeenCalled()
})

it('who left before the answer is told nothing, and the answer is let go of', async () => {
  const letGo = vi.fn()
  answers = async (asked) => {
    await new Promise<void>((done) => leaving(asked).addEventListener('abort', () => done()))
    return new Response(new ReadableStream({ cancel: letGo }))
  }
  const socket = connect(port(), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n', () => socket.destroy())
  await vi.waitFor(() => expect(letGo).toHaveBeenCalledOnce())
  expect(unforeseen).not.toHaveBeenCalled()
})
