import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readable, takeAnyRequest } from './readable'

describe('an address', () => {
  it.each(['/', '/cases/a%20b?q=%ff', '/cases/%F0%9F%98%80', '/inbox?back=%'])(
    '%s is left as it is',
    (url) => {
      expect(readable(url)).toBe(url)
    },
  )

  it.each([
    ['/cases/%ff', '/cases/%25ff'],
    ['/%', '/%25'],
    ['*', '/*'],
    ['http://', '/*'],
    ['mailto:ada', '/*'],
    ['http://elsewhere.example/cases/x?q=1', '/cases/x?q=1'],
    ['/a%20b/%c0%ae/x?q=%20', '/a%2520b/%25c0%25ae/x?q=%20'],
  ])('%s is taken as %s, and names nobody else’s host', (url, taken) => {
    expect(readable(url)).toBe(taken)
    expect(() => decodeURIComponent(taken)).not.toThrow()
  })
})

describe('a server of this process', () => {
  const seen: (string | undefined)[][] = []
  const server = createServer(({ method, url }, response) => {
    seen.push([method, url])
    response.end()
  })
  let stop: () => void
  beforeAll(async () => {
    stop = takeAnyRequest()
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  })
  afterAll(() => {
    stop()
    server.close()
  })

  it('never sees an address or a method at which it would fail', async () => {
    const { port } = server.address() as AddressInfo
    const send = (method: string, path: string) =>
      new Promise<void>((done, fail) => {
        const sent = request({ host: '127.0.0.1', port, method, path, agent: false }, (response) => {
          response.resume().on('end', done)
        })
        sent.on('error', fail).end()
      })
    await send('GET', '/cases/%ff')
    await send('TRACE', '/cases')
    await send('POST', '/cases/x')
    expect(seen).toEqual([
      ['GET', '/cases/%25ff'],
      ['UNLINK', '/cases'],
      ['POST', '/cases/x'],
    ])
  })
})
