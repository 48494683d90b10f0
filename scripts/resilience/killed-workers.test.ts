import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/client'
import { append } from '../../db/log/append'
import { urlAs } from '../../db/roles'
import { SAMPLE_ORG } from '../../db/seed/people'
import { verifyBundle } from '../../lib/record/verify'
import { openBundle } from '../verify/open'
import { type Installation, install } from './installation.test-support'
import { aCase, comment, type Person, signIn, traffic, untilReady } from './person.test-support'
import { expectSoundRecord, untilSealed } from './record.test-support'
import { until } from './until.test-support'

let on: Installation
let ada: Person
let cases: string[]

beforeAll(async () => {
  on = await install()
  on.start('web')
  await untilReady(on.url)
  ada = await signIn(on.url, 'usr_ada')
  cases = await Promise.all([aCase(ada), aCase(ada), aCase(ada)])
})
afterAll(() => on?.close())

describe('the sequencer', () => {
  it('C23 killed at random moments, leaves a log without gap or fork', async () => {
    const sending = traffic(ada, cases)
    for (let times = 0; times < 8; times++) {
      const sequencer = on.start('sequencer')
      await until(() => sequencer.output().includes('sealed'))
      await pause(Math.random() * 250)
      await sequencer.kill()
    }
    const last = on.start('sequencer')
    await sending.end()
    await untilSealed(on.admin)
    await expectSoundRecord(on.admin, on.folders.sequencer)
    await last.kill()
  })

  it('C25 killed between the commit and the signature, signs what was committed and nothing else', async () => {
    await comment(ada, cases[0] ?? '', crypto.randomUUID())
    const sql = connect(urlAs('on_record_sequencer', on.adminUrl, on.secret), 1, 'half a sequencer')
    const head = await append(sql, SAMPLE_ORG, null)
    await sql.end()
    expect(head?.added).toBeGreaterThan(0)
    await comment(ada, cases[1] ?? '', crypto.randomUUID())
    const sequencer = on.start('sequencer')
    await untilSealed(on.admin)
    const sizes = await on.admin<{ size: number }[]>`
      select size::int as size from checkpoint where org = ${SAMPLE_ORG} order by size desc limit 2`
    expect(sizes.map((row) => row.size)).toContain(head?.size)
    await expectSoundRecord(on.admin, on.folders.sequencer)
    await sequencer.kill()
  })
})

describe('the worker', () => {
  it('killed in the middle of its jobs, leaves them to the next one, and each is done once', async () => {
    const nhi = 'nhi_svc-orders'
    const days = Array.from({ length: 40 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    )
    for (const on_ of days) {
      const payload = JSON.stringify({ org: SAMPLE_ORG, case: cases[0], nhi, on: on_ })
      await on.admin`select graphile_worker.add_job('rotated', ${payload}::text::json)`
    }
    for (const moment of [150, 250]) {
      const worker = on.start('worker')
      await until(() => worker.output().includes('worker ready'))
      await pause(moment)
      await worker.kill()
    }
    on.start('worker')
    await until(
      async () =>
        (await on.admin`select 1 from graphile_worker.jobs where task_identifier = 'rotated'`).length === 0,
      40_000,
    )
    const rows = await on.admin<{ day: string; times: number }[]>`
      select convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'on' as day, count(*)::int as times from event
      where org = ${SAMPLE_ORG} and stream = ${nhi} and convert_from(body, 'UTF8')::jsonb -> 'data' ->> 'case' = ${cases[0] ?? ''} group by 1 order by 1`
    expect(rows.map((row) => row.times)).toEqual(rows.map(() => 1))
    expect(rows.at(-1)?.day).toBe(days.at(-1))
  })

  it('C29 killed in the middle of exports, leaves no part of a file, and the next one writes them whole', async () => {
    const sequencer = on.start('sequencer')
    const esther = await signIn(on.url, 'usr_esther')
    const ids: string[] = []
    for (const name of ['one', 'two', 'three'])
      ids.push(
        String((await esther.ask('POST', '/api/v1/exports', { scope: 'everything', purpose: name })).body.id),
      )
    const status = async (id: string) =>
      (await on.admin<{ status: string }[]>`select status from export_job where id = ${id}`)[0]?.status
    for (const moment of [200, 700]) {
      const worker = on.start('worker')
      await until(async () => (await Promise.all(ids.map(status))).includes('writing'))
      await pause(moment)
      await worker.kill()
      for (const id of ids) {
        if ((await status(id)) !== 'done')
          expect((await esther.ask('GET', `/api/v1/exports/${id}/file`)).status).toBe(409)
      }
    }
    const last = on.start('worker')
    await until(async () => (await Promise.all(ids.map(status))).every((each) => each === 'done'), 60_000)
    for (const id of ids) {
      const { reader, close } = await openBundle(
        join(on.folders.evidence, 'exports', SAMPLE_ORG, `${id}.zip`),
      )
      const { findings } = await verifyBundle(reader)
      await close()
      expect(findings.filter(({ level }) => level === 'fail')).toEqual([])
    }
    const left = await readdir(join(on.folders.evidence, 'exports', SAMPLE_ORG))
    expect(left.filter((name) => name.endsWith('.draft'))).toEqual([])
    await Promise.all([last.kill(), sequencer.kill()])
  })
})
