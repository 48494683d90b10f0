import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CasePage, Queue } from '@/lib/act/view/case'
import { GET as readCases } from '../api/v1/cases/route'
import { GET as readResolution } from '../api/v1/queue/closed/route'
import { GET as readQueue } from '../api/v1/queue/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let ada: string

beforeAll(async () => {
  test = await openTestDoors()
  ada = await cookieOf(test.doors, 'usr_ada')
})
afterAll(() => test?.close())

const queue = async (): Promise<Queue> => (await call(readQueue, '/api/v1/queue', { cookie: ada })).body
const cases = (query: string) => call(readCases, `/api/v1/cases?${query}`, { cookie: ada })
const rows = async (query: string) => ((await cases(query)).body as CasePage).rows

describe('the queue', () => {
  it('says how many open cases are in each stage, as the lists behind it show them', async () => {
    const { stages } = await queue()
    expect(stages.map(({ stage }) => stage)).toEqual(['identify', 'confirm', 'assign', 'act', 'verify'])
    expect(stages.some(({ cases }) => cases > 0)).toBe(true)
    for (const { stage, cases, overdue, oldest, ages } of stages) {
      const listed = await rows(`view=open&stage=${stage}`)
      expect(cases, stage).toBe(listed.length)
      expect(ages.reduce((sum, each) => sum + each, 0)).toBe(cases)
      expect(oldest).toBe(listed.map((row) => row.stage_at).sort()[0] ?? null)
      expect(overdue).toBe((await rows(`view=open&stage=${stage}&due=overdue`)).length)
    }
  })

  it('is nobody’s who is not signed in', async () => {
    expect((await call(readQueue, '/api/v1/queue')).status).toBe(401)
  })
})

describe('how long closed cases took', () => {
  const resolution = (query: string, cookie = ada) =>
    call(readResolution, `/api/v1/queue/closed${query}`, { cookie })

  it('is told for the last 30 days, or for 90', async () => {
    for (const [query, days] of [
      ['', 30],
      ['?days=30', 30],
      ['?days=90', 90],
    ] as const) {
      const { status, body } = await resolution(query)
      expect([status, body.days]).toEqual([200, days])
      expect(Date.parse(body.at) - Date.parse(body.since)).toBe(days * 86_400_000)
      const closed = await rows('view=closed')
      expect(body.all?.cases ?? 0).toBe(closed.filter(({ stage_at }) => stage_at >= body.since).length)
    }
  })

  it('is told for no other period, and not to who isn’t signed in', async () => {
    for (const days of ['7', '365', '30.5', 'all']) {
      const { status, body } = await resolution(`?days=${days}`)
      expect([status, body.code, body.field]).toEqual([400, 'invalid', 'days'])
    }
    expect((await resolution('', '')).status).toBe(401)
  })
})

describe('cases that changed', () => {
  it('since a time are read again without the others', async () => {
    const all = await rows('view=open')
    const middle = all[Math.floor(all.length / 2)]?.changed_at ?? ''
    const since = await rows(`view=open&changed_since=${middle}`)
    expect(since).toEqual(all.filter(({ changed_at }) => changed_at >= middle))
    expect(since.length).toBeLessThan(all.length)
  })

  it('since no time at all are refused, not all given', async () => {
    const refused = await cases('view=open&changed_since=yesterday')
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: 'invalid', field: 'changed_since' })
  })
})
