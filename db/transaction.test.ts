import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isUnavailable } from './client'
import { type TestDatabase, testDatabase } from './database.test-support'
import { SAMPLE_ORG } from './seed/people'
import { transact } from './transaction'
import { within } from './within'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

async function cut(pid: number): Promise<void> {
  await test.admin`select pg_terminate_backend(${pid})`
}

describe('a transaction whose connection is cut', () => {
  it('between two queries, ends as unavailable, and sends nothing more', async () => {
    const cutting = () =>
      within(test.deps.sql, SAMPLE_ORG, async (tx) => {
        const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
        await cut(own?.pid ?? 0)
        await pause(50)
        await tx`select 1`
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, cutting))
    expect(outcomes.map((each) => each.status === 'rejected' && isUnavailable(each.reason))).toEqual(
      outcomes.map(() => true),
    )
  })

  it('in the middle of a query, too', async () => {
    const sleeping = () =>
      transact(test.deps.sql, '', async (tx) => {
        const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
        setTimeout(() => void cut(own?.pid ?? 0), 50)
        await tx`select pg_sleep(5)`
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, sleeping))
    expect(outcomes.map((each) => each.status === 'rejected' && isUnavailable(each.reason))).toEqual(
      outcomes.map(() => true),
    )
  })

  it('leaves a pool that recovers; a connection may report its end once more, to whoever comes next', async () => {
    const ask = (index: number) =>
      within(test.deps.sql, SAMPLE_ORG, (tx) => tx<{ n: number }[]>`select ${index}::int as n`)
    const asked = Array.from({ length: 16 }, (_, index) =>
      ask(index).catch((error: unknown) => {
        if (!isUnavailable(error)) throw error
        return ask(index)
      }),
    )
    const answers = await Promise.all(asked)
    expect(answers.map((rows) => rows[0]?.n)).toEqual(answers.map((_, index) => index))
  })

  it('is not what an ordinary failure is: that is rolled back, and the connection is kept', async () => {
    const failing = transact(test.deps.sql, '', async (tx) => {
      await tx`select set_config('app.org', ${SAMPLE_ORG}, true)`
      await tx`select 1 / 0`
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
  })
})
