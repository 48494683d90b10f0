import { readdirSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import type { Door } from '../../app/_doors/door'
import { apiRoutes } from '../build/routes.mjs'
import { api, finder, type Route } from './api'

const says =
  (name: string): Door =>
  async (_request, { params }) =>
    Response.json({ name, params: await params })

const ROUTES: Route[] = [
  ['/api/[...unknown]', { GET: says('unknown') }],
  ['/api/v1/cases/[id]', { GET: says('case'), POST: says('change') }],
  ['/api/v1/cases/bulk', { POST: says('bulk') }],
  ['/api/v1/cases/[id]/evidence/[sha256]', { GET: says('evidence') }],
  ['/api/v1/openapi.json', { GET: says('document') }],
  ['/api/log/[org]/tile/[...tile]', { GET: says('tile') }],
]
const ask = (path: string, method = 'GET') => api(ROUTES)(new Request(`http://localhost${path}`, { method }))

describe('an address of the API', () => {
  it.each([
    ['GET', '/api/v1/cases/case_1?q=x', 'case', { id: 'case_1' }],
    ['POST', '/api/v1/cases/bulk', 'bulk', {}],
    ['GET', '/api/v1/cases/case_1/evidence/abc', 'evidence', { id: 'case_1', sha256: 'abc' }],
    ['GET', '/api/v1/openapi.json', 'document', {}],
    ['GET', '/api/v1/openapi-json', 'unknown', { unknown: ['v1', 'openapi-json'] }],
    ['GET', '/api/log/org_1/tile/0/x001/067', 'tile', { org: 'org_1', tile: ['0', 'x001', '067'] }],
    ['GET', '/api/v1/cases/case_1/nothing', 'unknown', { unknown: ['v1', 'cases', 'case_1', 'nothing'] }],
  ])('%s %s leads to %s', async (method, path, name, params) => {
    expect(await (await ask(path, method)).json()).toEqual({ name, params })
  })

  it('that nobody has is refused as anything is', async () => {
    const answer = await ask('/api/')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ refused: true, code: 'not_found' })
    expect(answer.headers.get('x-request-id')).toMatch(/^rq_/)
  })

  it('says what may be asked of it when something else is', async () => {
    const answer = await ask('/api/v1/cases/case_1', 'DELETE')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST, HEAD'])
    expect(await answer.json()).toMatchObject({ refused: true, code: 'unsupported' })
    expect(answer.headers.get('x-request-id')).toMatch(/^rq_/)
    expect((await ask('/api/v1/cases/bulk', 'HEAD')).status).toBe(405)
    expect((await ask('/api/v1/cases/case_1', 'constructor')).status).toBe(405)
  })

  it('answers HEAD as GET, without its content, and lets go of it', async () => {
    const cancel = vi.fn()
    const endless: Door = async () =>
      new Response(new ReadableStream({ cancel }), { headers: { 'x-request-id': 'rq_1' } })
    const answer = await api([['/api/stream', { GET: endless }]])(
      new Request('http://localhost/api/stream', { method: 'HEAD' }),
    )
    expect([answer.status, answer.headers.get('x-request-id'), answer.body]).toEqual([200, 'rq_1', null])
    expect(cancel).toHaveBeenCalledOnce()
  })
})

it('every folder of the API leads to itself, and to no other', () => {
  const routes = apiRoutes(process.cwd()).map(({ address }): Route => [address, { GET: says(address) }])
  const find = finder(routes)
  const astray = routes.filter(([address, { GET }]) => find(address)?.doors.GET !== GET)
  expect(routes.length).toBeGreaterThan(50)
  expect(astray).toEqual([])
})

it('of the API, only sign-in and the pages’ own sign of life stay with Next', () => {
  const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
  const taken = new Set(apiRoutes(process.cwd()).map(({ file }) => file.slice('@/app/api/'.length)))
  expect(files.filter((file) => file.endsWith('route.ts') && !taken.has(file)).sort()).toEqual([
    'auth/[...nextauth]/route.ts',
    'auth/local/route.ts',
    'auth/signout/route.ts',
    'health/route.ts',
  ])
})
