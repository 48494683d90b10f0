import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamsDigest } from '@/lib/record/verify/scope'
import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { POST as ask } from '../api/v1/exports/route'
import { GET as count } from '../api/v1/history/cases/route'
import { GET as history } from '../api/v1/history/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let refused: string
const as: Record<string, string> = {}

beforeAll(async () => {
  test = await openTestDoors()
  for (const person of ['ada', 'hugo', 'esther']) as[person] = await cookieOf(test.doors, `usr_${person}`)
  refused = await promoted('A key in a log')
  await promoted('A strange sign-in')
  const confirmed = { criticality: 'low', privilege: 'low', exposure: 'unknown', note: 'Mine to judge?' }
  const answer = await call(caseCommand, `/api/v1/cases/${refused}/confirm-case`, {
    ...{ cookie: as.hugo ?? '', body: confirmed, params: { id: refused, command: 'confirm-case' } },
  })
  expect(answer.status).toBe(403)
})
afterAll(() => test?.close())

async function promoted(text: string): Promise<string> {
  const body = { text, severity: 'medium' }
  return (await call(promote, '/api/v1/promotions', { cookie: as.hugo ?? '', body })).body.case
}
const behind = (query: string, who = 'esther') =>
  call(count, `/api/v1/history/cases?${query}`, { cookie: as[who] ?? '' })
const order = (filter: object, who = 'esther') =>
  call(ask, '/api/v1/exports', {
    ...{ cookie: as[who] ?? '', headers: { 'idempotency-key': randomUUID() } },
    body: { scope: 'history', filter, purpose: 'Who was refused?' },
  })
const onRecord = async (type: string) =>
  (await call(history, `/api/v1/history?case=registry&type=${type}`, { cookie: as.esther ?? '' })).body.rows

describe('an export of what the history shows', () => {
  it('is counted first, in the words that go on record', async () => {
    const { body } = await behind('outcome=refused&actor=usr_hugo')
    expect(body).toEqual({
      ...{ cases: 1, entries: 1, words: 'with entries by usr_hugo, refused' },
    })
    expect((await behind(`type=finding.&case=${refused}`)).body).toMatchObject({ cases: 1, entries: 1 })
  })

  it('C30 is recorded with its filter, and with the digest of the cases that fit', async () => {
    const answer = await order({ outcome: 'refused', actor: 'usr_hugo' })
    expect(answer.status, answer.text).toBe(202)
    expect(answer.body).toMatchObject({ scope: 'cases', streams: 1 })
    const [event] = await onRecord('record.exported')
    expect(event.data).toMatchObject({
      scope: 'cases',
      filter: 'with entries by usr_hugo, refused',
      streams_sha256: streamsDigest([refused]),
    })
  })

  it('is refused where nothing fits, and a filter that isn’t one is never taken for a wider one', async () => {
    expect((await order({ q: 'nobody ever said this' })).body).toMatchObject({ code: 'invalid' })
    expect((await order({ actr: 'usr_hugo' })).status).toBe(400)
    expect((await behind('actr=usr_hugo')).status).toBe(400)
    expect((await behind('from=yesterday')).status).toBe(400)
  })

  it('C12 C30 is an auditor’s to ask for, whoever may read the history; each attempt is on record', async () => {
    expect((await order({ type: 'finding.' }, 'ada')).status).toBe(403)
    const [denied] = await onRecord('policy.denied')
    expect(denied).toMatchObject({ who: { id: 'usr_ada' }, data: { command: 'exportRecord' } })
  })
})
