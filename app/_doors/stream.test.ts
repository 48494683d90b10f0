import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { setUp } from '@/db/seed/actors'
import { perform } from '@/lib/act/perform'
import { contentPolicy } from '@/proxy'
import { POST as signOut } from '../api/auth/signout/route'
import { POST as promote } from '../api/v1/promotions/route'
import { GET as stream } from '../api/v1/stream/route'
import { call, cookieOf, ORIGIN, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
const stops: (() => void)[] = []

beforeAll(async () => {
  test = await openTestDoors()
})
afterAll(async () => {
  for (const stop of stops) stop()
  await test?.close()
})

/** What the server has told this browser so far. */
async function follow(cookie: string): Promise<() => string> {
  const stopping = new AbortController()
  const response = await stream(
    new Request(`${ORIGIN}/api/v1/stream`, { headers: { cookie }, signal: stopping.signal }),
    { params: Promise.resolve({}) },
  )
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const listen = async () => {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) heard += next.value
  }
  void listen().catch(() => undefined)
  stops.push(() => {
    stopping.abort()
    void reader?.cancel()
  })
  return () => heard
}

/** A page that reads what it is told piece by piece; null once that has ended. */
async function listener(cookie: string) {
  const asked = new Request(`${ORIGIN}/api/v1/stream`, { headers: { cookie } })
  const response = await stream(asked, { params: Promise.resolve({}) })
  expect(response.status).toBe(200)
  const reader = response.body?.getReader()
  const leave = async () => {
    await reader?.cancel()
  }
  stops.push(() => void leave())
  return { next: async () => textOf((await reader?.read())?.value), leave }
}

function textOf(bytes: Uint8Array | undefined): string | null {
  return bytes ? new TextDecoder().decode(bytes) : null
}

describe('the stream', () => {
  it('C16 tells of changes to whoever is in that organisation, and to nobody else', async () => {
    const order = { kind: 'registry', stream: 'registry' } as const
    // That it was founded is its own news, and none to be heard here.
    const quietly = { ...test.doors, announce: () => undefined }
    await perform(quietly, setUp('org_other'), {
      ...order,
      command: 'foundOrganisation',
      input: { name: 'Other', origin: 'localhost/other' },
      key: 'founding-other',
    })
    await perform(quietly, setUp('org_other'), {
      ...order,
      command: 'addMember',
      input: { member: 'usr_mallory', name: 'Mallory', email: 'm@other.example', roles: ['admin'] },
      key: 'adding-mallory',
    })
    const ada = await cookieOf(test.doors, 'usr_ada')
    const [own, foreign] = [
      await follow(ada),
      await follow(await cookieOf(test.doors, 'usr_mallory', { org: 'org_other' })),
    ]
    const end = Date.now() + 10_000
    let made = ''
    while (!(made && own().includes(made)) && Date.now() < end) {
      made = (await call(promote, '/api/v1/promotions', { cookie: ada, body: { text: 'a finding' } })).body
        .case
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(own()).toContain(`event: change\ndata: {"stream":"${made}"`)
    expect(foreign()).toBe('retry: 2000\n\n')
  })

  it('C14 ends when whoever listens is no member any more, or has signed out', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const [bruno, grace] = [await cookieOf(test.doors, 'usr_bruno'), await cookieOf(test.doors, 'usr_grace')]
    const [gone, here] = [await listener(bruno), await listener(grace)]
    await call(signOut, '/api/auth/signout', { cookie: bruno, method: 'POST', headers: { origin: ORIGIN } })
    vi.advanceTimersByTime(20_000)
    vi.useRealTimers()
    expect(await gone.next()).toBe('retry: 2000\n\n')
    expect(await gone.next()).toBeNull()
    expect(await here.next()).toBe('retry: 2000\n\n')
    expect(await here.next()).toBe(': here\n\n')
  })

  it('has room for a person’s every page, and not for thousands of one person', async () => {
    const esther = await cookieOf(test.doors, 'usr_esther')
    const pages = await Promise.all(Array.from({ length: 60 }, () => listener(esther)))
    const one = await call(stream, '/api/v1/stream', { cookie: esther })
    expect([one.status, one.body.code]).toEqual([429, 'rate_limited'])
    await pages[0]?.leave()
    const again = await listener(esther)
    for (const page of [...pages, again]) await page.leave()
  })

  it('is for people who are signed in', async () => {
    expect((await call(stream, '/api/v1/stream')).status).toBe(401)
  })
})

describe('a page', () => {
  it('C68 runs no script but ours, stands in no frame, and sends no form elsewhere', () => {
    const policy = contentPolicy('bm9uY2U=', false)
    expect(policy).not.toContain('unsafe')
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(rule)
    expect(policy).toMatch(/script-src 'self' 'nonce-bm9uY2U='/)
  })
})
