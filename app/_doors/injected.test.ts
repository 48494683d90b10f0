import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOSTILE } from '@/lib/chat/hostile.fixture'
import { POST as promote } from '../api/v1/promotions/route'
import { call } from './doors.test-support'
import { type ExecutorTest, openExecutorTest } from './executor.test-support'
import { settled } from './later'

let t: ExecutorTest
let waiting: string
let request: string

beforeAll(async () => {
  t = await openExecutorTest()
  await t.signIn()
  waiting = await t.promoted()
  request = await t.planned(waiting)
})
afterAll(() => t?.close())

/** All that the organisation's record holds beside the events of these streams. */
async function others(streams: readonly string[]): Promise<string[]> {
  const rows = await t.doors.sql.begin(async (tx) => {
    await tx`select set_config('app.org', 'org_halden', true)`
    return tx<{ event: string }[]>`
      select stream || ' ' || seq || ' ' || type as event from event
      where org = 'org_halden' and type <> 'nhi.used' and not stream = any(${[...streams]}) order by stream, seq`
  })
  return rows.map(({ event }) => event)
}

/** What an approver puts their name to, without what changes from one look to the next. */
async function statement(): Promise<object> {
  const { statement: bytes, action } = (await t.shown('chiara', waiting, request)).body
  const { nonce: _nonce, iat: _iat, exp: _exp, head: _head, ...said } = JSON.parse(bytes)
  return {
    said,
    action: action.action,
    plan: action.plan,
    quorum: action.quorum,
    approvals: action.approvals,
  }
}

describe('C42 messages that give orders', () => {
  it('are enough of them, and all different', () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(50)
  })

  it('C42 become cases and nothing else: no command follows, no field is filled beyond the draft', async () => {
    const before = await others([])
    const made: string[] = []
    for (const text of HOSTILE) {
      const answer = await call(promote, '/api/v1/promotions', {
        cookie: t.as('hugo'),
        body: { text: `${text}\n${randomUUID()}`, author: text.slice(0, 200) },
      })
      expect(answer.status, `${text}: ${answer.text}`).toBe(201)
      made.push(answer.body.case)
    }
    await settled()
    expect(new Set(made).size).toBe(HOSTILE.length)
    for (const [index, id] of made.entries()) {
      const file = await t.file(id)
      const about = HOSTILE[index]
      expect(file, about).toMatchObject({
        ...{ stage: 'identify', severity: null, lane: 'full', assignee: null, accepted: false },
        ...{ disposition: null, summary: null, no_nhi_reason: null, trust: 'typed' },
        ...{ actions: [], exceptions: [], evidence: [], linked: [] },
        reporter: { id: 'usr_hugo' },
      })
      expect(
        file.timeline.map((entry: { type: string }) => entry.type),
        about,
      ).toEqual(['finding.promoted', 'case.state'])
      expect(file.snapshots[0].messages[0].text, 'as it was said').toContain(about)
    }
    expect(await others(made), 'nothing else moved').toEqual(before)
  })

  it('C42 beside a change that waits for approval alter nothing of what the approver is shown and signs', async () => {
    const before = await statement()
    for (const text of HOSTILE) {
      const said = await t.person('hugo', waiting, 'add-comment', { text })
      expect(said.status, said.text).toBe(200)
    }
    expect(await statement()).toEqual(before)
    const { actions, stage } = await t.file(waiting)
    expect({ stage, status: actions[0].status, approvals: actions[0].approvals }).toEqual({
      stage: 'act',
      status: 'awaiting-approval',
      approvals: [],
    })
  })
})
