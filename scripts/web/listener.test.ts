import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isNear } from './caller'
import { listener } from './listener'
import { closed } from './stop'

const server = createServer(
  listener(
    ({ method, url, headers }, response) =>
      response.end(`api ${method} ${url} ${headers['x-forwarded-for']}`),
    ({ method, url }, response) => response.end(`pages ${method} ${url}`),
  ),
)
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => closed(server))

function said(method: string, path: string, headers: Record<string, string> = {}): Promise<string> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => {
        text += part.toString()
      })
      response.on('end', () => done(response.statusCode === 200 ? text : `${response.statusCode} ${text}`))
    })
    sent.on('error', fail).end()
  })
}

it.each([
  '/api/v1/cases',
  '/api/',
  '/api/v1/cases?x=/api/auth',
  '//api/v1/cases',
  '/%61pi/v1',
  '/api/authors',
  '/x/../api/v1',
  '/x/%2e%2e/api/v1',
  '/./api/v1',
  '/api/x\\y?q',
])('the API answers for %s', async (path) => {
  expect(await said('GET', path)).toBe(`api GET ${path} 127.0.0.1`)
})

it.each([
  '/',
  '/api',
  '/inbox',
  '/inbox?x=/api/v1',
  '/api/auth/local',
  '/api/auth',
  '/api/health',
  '/apis/x',
  '/api/v1/../../inbox',
])('Next answers for %s', async (path) => {
  expect(await said('GET', path)).toBe(`pages GET ${path}`)
})

it('nobody is handed an address or a method at which they would fail', async () => {
  expect(await said('GET', '/cases/%ff')).toBe('pages GET /cases/%25ff')
  expect(await said('TRACE', '/api/auth')).toBe('pages UNLINK /api/auth')
  expect(await said('POST', '/api/%')).toBe('api POST /api/%25 127.0.0.1')
})

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('a page is no answer to %s', async (method) => {
  expect(await said(method, '/cases/case_1')).toMatch(
    /^405 This is the address of a page, which takes nothing\./,
  )
  expect(await said(method, '/api')).toMatch(/^405 /)
})

it('a page is looked at with GET and HEAD, and its doors take what they take', async () => {
  expect(await said('HEAD', '/cases')).toBe('')
  expect(await said('POST', '/api/auth/signin')).toBe('pages POST /api/auth/signin')
})

it('a proxy nearby is believed about who is calling', async () => {
  expect(await said('GET', '/api/x', { 'x-forwarded-for': '203.0.113.9' })).toBe('api GET /api/x 203.0.113.9')
})

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.0.1', '::1', 'fd00::1', 'fe80::1'],
  '::ffff:10.0.0.1',
])('%s is nearby', (address) => expect(isNear(address)).toBe(true))

it.each(['203.0.113.9', '172.32.0.1', '2001:db8::1', '::ffff:203.0.113.9', ''])(
  '“%s” is not, and says nothing about others',
  (address) => expect(isNear(address)).toBe(false),
)
