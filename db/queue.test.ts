import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '@/scripts/resilience/until.test-support'
import { connect } from './client'
import { type TestDatabase, testDatabase } from './database.test-support'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test?.close())

const KEY = 'card:case_1'
const jobs = () => test.admin<{ payload: { case: string }; locked: boolean }[]>`
  select payload, locked_at is not null as locked from graphile_worker._private_jobs order by id`

it('C19: what is asked for while a worker takes the last job of this key is done after it, not lost', async () => {
  const app = connect(test.url('on_record_app'), 1, 'asks')
  const worker = connect(test.adminUrl, 1, 'takes')
  const ask = (version: string) =>
    app`select enqueue('card', ${JSON.stringify({ case: version })}::text::json, ${KEY}, null)`.then(
      () => undefined,
    )
  try {
    await ask('before')
    let asked = Promise.resolve<undefined>(undefined)
    await worker.begin(async (tx) => {
      await tx`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker', attempts = 1`
      asked = ask('after')
      await until(async () => {
        const [waiting] = await test.admin`
          select 1 from pg_stat_activity where application_name = 'asks' and wait_event_type = 'Lock'`
        return waiting !== undefined
      })
    })
    await asked
    expect((await jobs()).map(({ payload, locked }) => [payload.case, locked])).toEqual([
      ['before', true],
      ['after', false],
    ])
  } finally {
    await Promise.all([app.end(), worker.end()])
  }
})
