import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { closed } from './stop'

it('a server that stops answers what it has begun, and waits for no connection that is merely kept', async () => {
  let answer = () => {}
  let heard = () => {}
  const asked = new Promise<void>((done) => {
    heard = done
  })
  const server = createServer((_request, response) => {
    answer = () => response.end('done')
    heard()
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true })
  const answered = new Promise<string>((done, fail) => {
    request({ host: '127.0.0.1', port, agent }, (response) => {
      response.on('data', (part: Buffer) => done(part.toString()))
    })
      .on('error', fail)
      .end()
  })
  await asked
  const stopped = closed(server)
  answer()
  expect(await answered).toBe('done')
  const begun = Date.now()
  await stopped
  expect(Date.now() - begun).toBeLessThan(5_000)
  agent.destroy()
})
