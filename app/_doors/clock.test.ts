import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { checkClock } from '@/scripts/worker/clock'
import { GET as ready } from '../api/ready/route'
import type { Door } from './door'
import { call, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
beforeAll(async () => {
  test = await openTestDoors()
})
afterEach(() => void vi.useRealTimers())
afterAll(() => test?.close())

const asked = async () => (await call(ready as Door, '/api/ready')).body

function alarms() {
  const said: string[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      said.push(String(chunk))
      done()
    },
  })
  return { said, check: () => checkClock({ deps: test.doors, log: pino(sink), org: 'org_halden' } as never) }
}

it('C66 raises no alarm while the clocks agree', async () => {
  expect(await asked()).toMatchObject({ status: 'ready', clock: 'ok' })
  const { said, check } = alarms()
  await check()
  expect(said).toEqual([])
})

it.each([3_000, -60_000])('C66 raises an alarm when our clock is off by %i ms', async (off) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + off })
  const body = await asked()
  expect(body).toMatchObject({ status: 'ready', clock: 'apart' })
  expect(Math.abs(body.clock_skew_ms - off)).toBeLessThan(1_500)
  const { said, check } = alarms()
  await check()
  expect(said).toHaveLength(1)
  expect(JSON.parse(said[0] ?? '')).toMatchObject({ level: 50, skew_ms: expect.any(Number) })
})
