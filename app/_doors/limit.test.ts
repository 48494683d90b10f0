import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
beforeAll(async () => {
  vi.stubEnv('ON_RECORD_COMMANDS_PER_SECOND', '1')
  test = await openTestDoors()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await test?.close()
})

it('who only reads is told to wait as well, later than who commands, and nobody else is', async () => {
  const { GET } = await import('../api/v1/queue/route')
  const [ada, bruno] = [await cookieOf(test.doors, 'usr_ada'), await cookieOf(test.doors, 'usr_bruno')]
  const read = (cookie: string) => call(GET, '/api/v1/queue', { cookie })
  // A burst of sixty, and ten more for each second that this takes.
  const answers = await Promise.all(Array.from({ length: 150 }, () => read(ada)))
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60)
  expect(refused[0]?.body).toMatchObject({ refused: true, code: 'rate_limited' })
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  expect((await read(bruno)).status).toBe(200)
})
