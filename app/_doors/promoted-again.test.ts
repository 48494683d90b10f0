import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, LEAKED, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let hugo: string

beforeAll(async () => {
  test = await openTestDoors()
  hugo = await cookieOf(test.doors, 'usr_hugo')
}, 60_000)
afterAll(() => test?.close())

const send = (key: string, body: object) =>
  call(promote, '/api/v1/promotions', { cookie: hugo, body, headers: { 'idempotency-key': key } })

describe('a finding that is sent again under its key', () => {
  it('is answered as the first time, however often and however late', async () => {
    const body = { text: 'The deploy bot answers strangers.', severity: 'high' }
    const first = await send('deploy-bot-1', body)
    expect(first.status, first.text).toBe(201)
    const again = await send('deploy-bot-1', body)
    expect([again.status, again.body]).toEqual([201, first.body])
  })

  it('makes one case, by whomever of twenty it is made', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => send('deploy-bot-2', { text: 'It answers at night as well.' })),
    )
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(all.map(({ body }) => body.case)).size).toBe(1)
  })

  it('is added once to the case that holds its secret already', async () => {
    const about = (key: string, text: string) => send(key, { text: `${text} password=${LEAKED}` })
    const [first, other] = [
      await about('leak-first-1', 'Here it is:'),
      await about('leak-other-1', 'And again:'),
    ]
    expect(other.body).toMatchObject({ case: first.body.case, existing: true })
    const again = await about('leak-other-1', 'And again:')
    expect([again.status, again.body]).toEqual([201, other.body])
  })

  it('is refused when something else is sent under that key', async () => {
    await send('deploy-bot-3', { text: 'One thing.' })
    const answer = await send('deploy-bot-3', { text: 'Another thing.' })
    expect([answer.status, answer.body.code]).toEqual([409, 'conflict'])
  })
})
