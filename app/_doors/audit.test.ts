import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyTexts } from '@/db/deps'
import { keepPolicySet } from '@/db/policy-sets'
import { GET as answers } from '../api/v1/cases/[id]/actions/[request]/answers/route'
import { GET as decisions } from '../api/v1/cases/[id]/decisions/route'
import { GET as moment } from '../api/v1/cases/[id]/replay/[seq]/route'
import { GET as replay } from '../api/v1/cases/[id]/replay/route'
import { GET as history } from '../api/v1/history/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let esther: string
let ada: string
let id: string
const looks = () =>
  [
    [replay, `/api/v1/cases/${id}/replay`, { id }],
    [decisions, `/api/v1/cases/${id}/decisions`, { id }],
    [answers, `/api/v1/cases/${id}/actions/req_1/answers`, { id, request: 'req_1' }],
  ] as const

const at = (seq: string) =>
  call(moment, `/api/v1/cases/${id}/replay/${seq}`, { cookie: esther, params: { id, seq } })

beforeAll(async () => {
  test = await openTestDoors()
  esther = await cookieOf(test.doors, 'usr_esther')
  ada = await cookieOf(test.doors, 'usr_ada')
  const body = { text: 'A finding', title: 'A finding', severity: 'low' }
  id = (await call(promote, '/api/v1/promotions', { cookie: ada, body })).body.case
})
afterAll(() => test?.close())

describe('an auditor', () => {
  it('replays a case by its events, and is told where the policy set was not kept', async () => {
    const all = await call(replay, `/api/v1/cases/${id}/replay`, { cookie: esther, params: { id } })
    expect(all.body).toMatchObject({
      case: { id },
      stops: [{ seq: 0, type: 'finding.promoted' }, { seq: 1 }],
    })
    const shown = await at('0')
    expect(shown.body).toMatchObject({
      entry: { type: 'finding.promoted', who: { id: 'usr_ada' } },
      frame: {
        seq: 0,
        state: { stage: 'identify', title: 'A finding' },
        policy: { known: false },
        people: [],
      },
    })
    expect(shown.body.frame.judged.verdict).toBe('unjudged')
  })

  it('C11 sees every decision judged again once the policy set is kept, and who could do what', async () => {
    await keepPolicySet(test.doors.sql, 'org_halden', policyTexts('policies'))
    const [, path, params] = looks()[1]
    const { body } = await call(decisions, path, { cookie: esther, params })
    expect(body.decisions.length).toBeGreaterThan(0)
    expect(
      body.decisions.filter(({ judged }: { judged: { verdict: string } }) => judged.verdict !== 'same'),
    ).toEqual([])
    const shown = await at('1')
    const may = (who: string, command: string) =>
      shown.body.frame.people
        .find((each: { who: { id: string } }) => each.who.id === who)
        ?.offers.find((each: { command: string }) => each.command === command)?.open
    expect(may('usr_ada', 'linkNhi')).toBe(true)
    expect(may('usr_esther', 'linkNhi')).toBe(false)
  })

  it('finds nothing where there is no such case, event or action', async () => {
    for (const [route, path, params] of looks()) {
      const nowhere = { ...params, id: 'case_none' }
      expect((await call(route, path, { cookie: esther, params: nowhere })).status).toBe(404)
    }
    for (const seq of ['999', '-1', 'x']) expect((await at(seq)).status).toBe(404)
  })
})

describe('somebody without the role', () => {
  it('C12 is refused, and the attempt is on the case’s record with the rule', async () => {
    for (const [route, path, params] of looks()) {
      const answer = await call(route, path, { cookie: ada, params })
      expect(answer.status, answer.text).toBe(403)
      expect(answer.body.sentence).toContain('Auditors and administrators')
    }
    const { body } = await call(history, `/api/v1/history?case=${id}&outcome=refused`, { cookie: esther })
    expect(
      body.rows.map(({ who, data }: { who: { id: string }; data: { command: string } }) => [
        who.id,
        data.command,
      ]),
    ).toEqual([
      ['usr_ada', 'viewAnswers'],
      ['usr_ada', 'replayCase'],
      ['usr_ada', 'replayCase'],
    ])
    expect(body.rows[0].policy).toMatchObject({ decision: 'deny', rule: 'default.deny' })
    expect(body.rows[0].data.request).toBe('req_1')
  })

  it('C11 and that refusal, judged again, is the same', async () => {
    const { body } = await call(decisions, `/api/v1/cases/${id}/decisions`, {
      cookie: esther,
      params: { id },
    })
    const last = body.decisions.at(-1).judged
    expect(last).toMatchObject({ verdict: 'same', recorded: { decision: 'deny' } })
  })

  it('can’t fill the record by asking again and again', async () => {
    const hugo = await cookieOf(test.doors, 'usr_hugo')
    const [route, path, params] = looks()[0]
    const statuses: number[] = []
    for (let count = 0; count < 40; count++)
      statuses.push((await call(route, path, { cookie: hugo, params })).status)
    expect(new Set(statuses)).toEqual(new Set([403, 429]))
  })
})
