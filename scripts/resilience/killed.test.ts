import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installation, install, isAlive, type Running } from './installation.test-support'
import {
  type Acknowledged,
  aCase,
  comment,
  type Person,
  signIn,
  traffic,
  untilReady,
} from './person.test-support'
import { expectSoundRecord, timesOnRecord, untilSealed } from './record.test-support'
import { until } from './until.test-support'

let on: Installation
let web: Running
let sequencer: Running
let worker: Running
let ada: Person
let cases: string[]

beforeAll(async () => {
  on = await install()
  ;[sequencer, web, worker] = [on.start('sequencer'), on.start('web'), on.start('worker')]
  await untilReady(on.url)
  ada = await signIn(on.url, 'usr_ada')
  cases = await Promise.all([aCase(ada), aCase(ada), aCase(ada)])
})
afterAll(() => on?.close())

async function expectOnce(acknowledged: readonly Acknowledged[]): Promise<void> {
  expect(acknowledged.length).toBeGreaterThan(10)
  const times = await timesOnRecord(
    on.admin,
    acknowledged.map(({ key }) => key),
  )
  expect([...times].filter(([, count]) => count !== 1)).toEqual([])
}

describe('the web application', () => {
  it('C19 killed at any moment, has kept what it acknowledged, once, and gives the same answer again', async () => {
    const sending = traffic(ada, cases)
    for (const moment of [700, 450, 900]) {
      await pause(moment)
      await web.kill()
      web = on.start('web')
      await untilReady(on.url)
    }
    await pause(300)
    const acknowledged = await sending.end()
    expect(sending.troubles.length).toBeGreaterThan(0)
    await expectOnce(acknowledged)
    for (const { id, key, answer } of acknowledged.slice(-25)) {
      const again = await comment(ada, id, key)
      expect([again.status, again.body]).toEqual([200, answer.body])
    }
    await expectOnce(acknowledged)
    await untilSealed(on.admin)
    await expectSoundRecord(on.admin, on.folders.sequencer)
  })

  it('finishes what it has begun when it is told to stop, although somebody is listening', async () => {
    const listening = ada.hears('event: never').catch(() => null)
    const half = Promise.all(
      [0, 1, 2].map((index) => ada.attach(cases[index] ?? '', slowly('first half, ', 'second half'))),
    )
    await pause(300)
    const stopped = web.stop()
    expect((await half).map(({ status }) => status)).toEqual([201, 201, 201])
    expect(await stopped).toBeLessThan(4_000)
    expect(await listening).toBe(false)
    web = on.start('web')
    await untilReady(on.url)
  })
})

/** A body of which the end is a long time coming. */
async function* slowly(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    yield new TextEncoder().encode(`${part}${crypto.randomUUID()}`)
    await pause(800)
  }
}

describe('PostgreSQL', () => {
  it('killed and back again, has lost nothing that was acknowledged; meanwhile the answer is "unavailable"', async () => {
    const processes = [web, sequencer, worker]
    const sending = traffic(ada, cases, 12)
    for (const away of [1_500, 300, 0]) {
      await pause(800)
      await on.admin`select graphile_worker.add_job('clock', '{}') from generate_series(1, 100)`
      await on.killPostgres()
      await pause(away)
      await on.startPostgres()
      const back = Date.now()
      await until(
        async () =>
          (await comment(ada, cases[0] ?? '', crypto.randomUUID()).catch(() => null))?.status === 200,
      )
      expect(Date.now() - back).toBeLessThan(8_000)
    }
    const acknowledged = await sending.end()
    expect(processes.filter((each) => !isAlive(each)).map(({ output }) => output())).toEqual([])
    const answered = sending.troubles.filter((trouble) => trouble !== null)
    expect(answered.length).toBeGreaterThan(0)
    expect(new Set(answered.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['503 unavailable']),
    )
    for (const { headers } of answered) expect(headers.get('retry-after')).toMatch(/^\d+$/)
    await expectOnce(acknowledged)
    await untilSealed(on.admin)
    await expectSoundRecord(on.admin, on.folders.sequencer)
  })

  it('back again, is followed by the worker and by those who listen', async () => {
    await on.admin`select graphile_worker.add_job('clean-up', '{}')`
    await until(
      async () =>
        (await on.admin`select 1 from graphile_worker.jobs where task_identifier = 'clean-up'`).length === 0,
    )
    await expectNews(ada)
  })
})

/** A change reaches a listener through LISTEN/NOTIFY. */
async function expectNews({ hears }: Person): Promise<void> {
  const heard = hears('event: change').catch(() => false)
  await pause(200)
  await comment(ada, cases[0] ?? '', crypto.randomUUID())
  expect(await heard).toBe(true)
}
