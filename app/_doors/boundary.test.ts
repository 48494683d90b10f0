import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepDraft } from '@/db/drafts'
import { masked } from '@/db/promotion/promote'
import { sampleActor, setUp } from '@/db/seed/actors'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import { POST as upload } from '../api/v1/cases/[id]/evidence/route'
import { GET as cases } from '../api/v1/cases/route'
import { POST as promote } from '../api/v1/promotions/route'
import { POST as token } from '../api/v1/token/route'
import { ASSERTION_TYPE } from './assertion'
import {
  assertionOf,
  call,
  cookieOf,
  type Keys,
  machineHeaders,
  newKey,
  openTestDoors,
  type TestDoors,
} from './doors.test-support'
import { everyRoute, INPUTS, profileInput, type Route, slugs } from './every-route.test-support'
import { findingOf } from './typed-finding'

let test: TestDoors
let routes: Route[]
/** Somebody with every role, in another organisation of the same installation. */
let stranger: string
let assistant: Keys['sig']
const own: Record<string, string> = {}
const OTHER = 'org_other'
const SECRET_WORDS = 'a finding that is nobody else’s business'

beforeAll(async () => {
  test = await openTestDoors()
  routes = await everyRoute()
  const ada = await cookieOf(test.doors, 'usr_ada')
  const made = await call(promote, '/api/v1/promotions', {
    cookie: ada,
    body: { text: SECRET_WORDS, title: SECRET_WORDS, severity: 'low' },
  })
  own.id = made.body.case
  const attached = await call(upload, `/api/v1/cases/${own.id}/evidence?name=a.txt`, {
    cookie: ada,
    raw: SECRET_WORDS,
    params: { id: own.id ?? '' },
  })
  own.sha256 = attached.body.sha256
  own.draft = 'draft_of-this-test'
  const finding = findingOf({ text: SECRET_WORDS }, test.doors.settings, new Date())
  if (!isRefusal(finding))
    await keepDraft(test.doors.sql, 'org_halden', own.draft, await masked(test.doors, 'org_halden', finding))
  await foundOther()
  stranger = await cookieOf(test.doors, 'usr_mallory', { org: OTHER })
  assistant = newKey()
  const { kty, crv, x, y } = assistant
  const enrolled = await perform(test.doors, sampleActor('usr_farid'), {
    kind: 'nhi',
    stream: 'nhi_triage-assistant',
    command: 'enrollKey',
    input: { use: 'sig', jwk: { kty, crv, x, y } },
    key: randomUUID(),
  })
  expect(isRefusal(enrolled)).toBe(false)
})
afterAll(() => test?.close())

async function foundOther(): Promise<void> {
  const order = { kind: 'registry', stream: 'registry' } as const
  await perform(test.doors, setUp(OTHER), {
    ...order,
    command: 'foundOrganisation',
    input: { name: 'Other', origin: 'localhost/other' },
    key: 'founding-other',
  })
  const roles = ['reporter', 'analyst', 'approver', 'auditor', 'admin']
  const added = await perform(test.doors, setUp(OTHER), {
    ...order,
    command: 'addMember',
    input: { member: 'usr_mallory', name: 'Mallory', email: 'mallory@other.example', roles },
    key: 'adding-mallory',
  })
  expect(isRefusal(added)).toBe(false)
}

const EXECUTOR_BODIES: Record<string, object> = {
  warrant: { request: 'req_1' },
  plan: {
    request: 'req_1',
    revision: 1,
    plan: { changes: ['x'], undo: 'x', reversible: true, warnings: [], facts: {} },
  },
  'plan-failure': { request: 'req_1', revision: 1, reason: 'x' },
  receipt: {
    request: 'req_1',
    jti: `wrt_${'0'.repeat(32)}`,
    outcome: 'failed',
    summary: 'x',
    started_at: '2030-01-01T00:00:00.000Z',
    finished_at: '2030-01-01T00:00:00.000Z',
    result: {},
  },
  probe: { request: 'req_1', outcome: 'unknown', summary: 'x', result: {} },
}

/** All the requests that a route takes, with the ids of things of Halden Instruments. */
function requestsOf({ path, method, run }: Route): {
  run: Door
  method: string
  path: string
  params: Record<string, string>
  body?: unknown
  raw?: string
  headers?: Record<string, string>
}[] {
  const nhi = path.includes('/nhis/')
  const params: Record<string, string> = {
    id: nhi ? 'nhi_svc-orders' : (own.id ?? ''),
    request: 'req_1',
    sha256: own.sha256 ?? '',
    draft: own.draft ?? '',
    case: own.id ?? '',
  }
  const at = (more: Record<string, string> = {}) =>
    path.replace(/\[(\w+)\]/g, (_, name: string) => ({ ...params, ...more })[name] ?? '')
  if (path.endsWith('/[command]')) {
    const kind = nhi ? 'nhi' : path.includes('/cases/') ? 'case' : 'registry'
    return slugs(kind).map((command) => ({
      run,
      method,
      path: at({ command }),
      params: { ...params, command },
      body: INPUTS[kind][command] ?? 'no sample',
    }))
  }
  if (method === 'GET') return [{ run, method, path: at(), params }]
  if (path.endsWith('/evidence'))
    return [{ run, method, path: `${at()}?name=x.txt`, params, raw: 'some bytes' }]
  if (path.endsWith('/import'))
    return [
      {
        run,
        method,
        path: `${at()}?mode=apply`,
        params,
        raw: 'name,system,account\nx,orders,svc_orders',
        headers: { 'content-type': 'text/csv' },
      },
    ]
  if (path.endsWith('/export')) return [{ run, method, path: at(), params, body: { purpose: 'to look' } }]
  if (path.endsWith('/exports'))
    return [{ run, method, path: at(), params, body: { scope: 'everything', purpose: 'to look' } }]
  if (path.endsWith('/promotions'))
    return [{ run, method, path: at(), params, body: { text: 'another finding' } }]
  if (path.endsWith('/promotions/[draft]'))
    return [{ run, method, path: at(), params, body: { title: 'mine now' } }]
  if (path === '/api/v1/nhis') return [{ run, method, path: at(), params, body: profileInput }]
  if (path === '/api/v1/members')
    return [{ run, method, path: at(), params, body: INPUTS.registry['add-member'] }]
  const executor = EXECUTOR_BODIES[path.split('/').at(-1) ?? '']
  return [{ run, method, path: at(), params, body: executor ? { case: own.id, ...executor } : {} }]
}
type Door = Route['run']

/** They stand open to everybody, and show what they show in tests of their own. */
const OPEN = [
  '/api/health',
  '/api/ready',
  '/api/v1/openapi.json',
  '/api/v1/token',
  '/api/auth/',
  '/api/slack/',
  '/api/v1/session',
  '/api/log/',
]
const guarded = () => routes.filter(({ path }) => !OPEN.some((open) => path.startsWith(open)))

describe('another organisation', () => {
  it('C16 finds nothing of ours behind any address that takes an id', async () => {
    const tried: string[] = []
    for (const route of guarded()) {
      if (!/\[(id|draft|sha256|case|request)\]/.test(route.path)) continue
      for (const { run, path, ...rest } of requestsOf(route)) {
        const answer = await call(run, path, { cookie: stranger, ...rest })
        const expected = path.startsWith('/api/v1/executor/') ? 403 : 404
        expect(answer.status, `${rest.method} ${path}: ${answer.text}`).toBe(expected)
        expect(answer.text).not.toContain(SECRET_WORDS)
        tried.push(path)
      }
    }
    expect(tried.length).toBeGreaterThan(45)
  })

  it('C16 sees none of it in any list', async () => {
    for (const route of guarded()) {
      if (route.method !== 'GET' || route.path.includes('[') || route.path.endsWith('/stream')) continue
      const answer = await call(route.run, `${route.path}?q=finding`, { cookie: stranger })
      expect(answer.text, route.path).not.toMatch(/business|halden|usr_ada|nhi_svc/i)
    }
  })

  it('C16 left no trace in the case', async () => {
    const page = await call(cases, '/api/v1/cases?q=nobody', {
      cookie: await cookieOf(test.doors, 'usr_ada'),
    })
    expect(page.body.rows.find((row: { id: string }) => row.id === own.id)?.version).toBeLessThanOrEqual(4)
  })
})

describe('nobody in particular', () => {
  it('gets into no address that is guarded', async () => {
    for (const route of guarded()) {
      for (const { run, path, ...rest } of requestsOf(route)) {
        const answer = await call(run, path, rest)
        expect(answer.status, `${rest.method} ${path}`).toBe(401)
      }
    }
  })
})

describe('an access token that may read', () => {
  it('C13 changes nothing, at any address', async () => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertionOf('nhi_triage-assistant', assistant),
      scope: 'read',
    })
    const got = await call(token, '/api/v1/token', {
      raw: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(got.body).toMatchObject({ scope: 'read', expires_in: 300 })
    const authorization = `Bearer ${got.body.access_token}`
    const proven = await machineHeaders(got.body.access_token, assistant, 'GET', '/api/v1/cases')
    expect((await call(cases, '/api/v1/cases', { headers: proven })).status).toBe(200)
    let tried = 0
    for (const route of guarded().filter(({ method }) => method === 'POST')) {
      for (const { run, path, headers, ...rest } of requestsOf(route)) {
        const answer = await call(run, path, { ...rest, headers: { ...headers, authorization } })
        expect(answer.status, `${path}: ${answer.text}`).toBe(403)
        expect(answer.body.sentence).toContain('may read')
        tried++
      }
    }
    expect(tried).toBeGreaterThan(50)
  })
})

describe('extra fields', () => {
  it('C17 are refused by every command, whatever they are called', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    let tried = 0
    for (const route of routes.filter(({ path }) => path.endsWith('/[command]'))) {
      for (const { run, path, body, ...rest } of requestsOf(route)) {
        for (const extra of [
          { org: OTHER },
          { approved_by: 'usr_chiara' },
          { role: 'admin' },
          { __proto__: null, constructor: 1 },
        ]) {
          const answer = await call(run, path, {
            cookie: farid,
            ...rest,
            body: { ...(body as object), ...extra },
          })
          expect([400, 429], `${path}: ${answer.text}`).toContain(answer.status)
          if (answer.status === 400) tried++
        }
      }
    }
    expect(tried).toBeGreaterThan(80)
  })

  it('C17 are refused in promotions and identities', async () => {
    const ada = await cookieOf(test.doors, 'usr_ada')
    for (const extra of [
      { reporter: 'usr_hugo' },
      { trust: 'platform-verified' },
      { secrets: [] },
      { number: 1 },
    ]) {
      const answer = await call(promote, '/api/v1/promotions', { cookie: ada, body: { text: 'x', ...extra } })
      expect(answer.status, answer.text).toBe(400)
    }
  })
})
