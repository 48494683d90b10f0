import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CasePage, Queue } from '@/lib/act/view/case'
import { GET as readCases } from '../api/v1/cases/route'
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
