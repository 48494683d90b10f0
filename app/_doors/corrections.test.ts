import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuild } from '@/db/rebuild'
import type { Entry, MarkedEntry } from '@/lib/act/view/entry'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { GET as replay } from '../api/v1/cases/[id]/replay/[seq]/route'
import { GET as caseFile } from '../api/v1/cases/[id]/route'
import { GET as history } from '../api/v1/history/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, LEAKED, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let id: string

beforeAll(async () => {
  test = await openTestDoors()
  const body = {
    text: 'Strange sign-ins',
    author: 'Hugo',
    title: 'Strange sign-ins',
    category: 'other',
    severity: 'low',
  }
  const cookie = await cookieOf(test.doors, 'usr_hugo')
  const made = await call(promote, '/api/v1/promotions', { cookie, body })
  expect(made.status, made.text).toBeLessThan(300)
  id = made.body.case
  const commented = await act('usr_ada', 'add-comment', { text: 'It began at 10:24.' })
  expect(commented.status, commented.text).toBe(200)
})
afterAll(() => test?.close())

async function act(who: string, slug: string, body: object) {
  const cookie = await cookieOf(test.doors, who)
  return call(command, `/api/v1/cases/${id}/${slug}`, { cookie, body, params: { id, command: slug } })
}

async function file() {
  const cookie = await cookieOf(test.doors, 'usr_esther')
  return (await call(caseFile, `/api/v1/cases/${id}`, { cookie, params: { id } })).body
}

async function timeline(): Promise<Entry[]> {
  return (await file()).timeline
}

const ofType = async (type: string) => (await timeline()).filter((entry) => entry.type === type)
const commentSeq = async () => (await ofType('comment.added'))[0]?.seq ?? -1

describe('an entry that is corrected', () => {
  it('C21 stays byte for byte as it was, and an entry beside it says what is right', async () => {
    const seq = await commentSeq()
    const before = (await timeline())[seq]
    const done = await act('usr_bruno', 'correct-entry', {
      seq,
      correction: 'It began at 10:42, by the clock of heron-3.',
    })
    expect(done.status, done.text).toBe(200)
    const after = await timeline()
    expect({ ...after[seq], seal: after[seq]?.seal.hash }).toEqual({ ...before, seal: before?.seal.hash })
    expect(after.at(-1)).toMatchObject({
      type: 'entry.corrected',
      who: { id: 'usr_bruno' },
      data: {
        seq,
        body: before?.seal.hash,
        text: 'It began at 10:42, by the clock of heron-3.',
        reason: null,
      },
      policy: { rule: 'corrections.correct' },
    })
  })

  it('C58 C43 holds no secret that was typed, and keeps hidden characters to be shown', async () => {
    const correction = `It was the other one: password=${LEAKED} \u202e`
    const done = await act('usr_ada', 'correct-entry', { seq: 0, correction, reason: `password: ${LEAKED}` })
    expect(done.status, done.text).toBe(200)
    const last = (await timeline()).at(-1)
    expect(JSON.stringify(last)).not.toContain(LEAKED)
    expect(last?.data.text).toMatch(/\[secret: [^\]]+\]/)
    expect(last?.data.reason).toMatch(/\[secret: [^\]]+\]/)
    expect(last?.data.text).toContain('\u202e')
  })

  it('C58 nor does a comment', async () => {
    expect((await act('usr_ada', 'add-comment', { text: `password: ${LEAKED}` })).status).toBe(200)
    const { data } = (await ofType('comment.added')).at(-1) ?? {}
    expect(data?.text).toMatch(/^password: \[secret: [^\]]+\]$/)
  })

  it('is not there, and the correction is refused, when the case has no such entry', async () => {
    const refused = await act('usr_ada', 'correct-entry', { seq: 9_999, correction: 'x' })
    expect([refused.status, refused.body.code, refused.body.field]).toEqual([404, 'not_found', 'seq'])
    for (const seq of [-1, 1.5, '1', null])
      expect((await act('usr_ada', 'correct-entry', { seq, correction: 'x' })).status).toBe(400)
  })

  it('C12 is not corrected by a reporter, an approver or an auditor; who tried is on record', async () => {
    const seq = await commentSeq()
    for (const who of ['usr_hugo', 'usr_chiara', 'usr_esther'])
      expect((await act(who, 'correct-entry', { seq, correction: 'x' })).status, who).toBe(403)
    expect((await ofType('policy.denied')).map(({ data }) => data.command)).toEqual(
      Array(3).fill('correctEntry'),
    )
    const { offers } = await file()
    expect(offers).toContainEqual(expect.objectContaining({ command: 'correctEntry', open: false }))
  })

  it('is found in the history by the words of its correction', async () => {
    const cookie = await cookieOf(test.doors, 'usr_esther')
    const { body } = await call(history, '/api/v1/history?q=clock', { cookie })
    expect(body.rows.map((row: Entry) => row.type)).toEqual(['entry.corrected'])
  })

  it('C21 is marked as corrected where it stands without its correction: in the history, and in a replay', async () => {
    const seq = await commentSeq()
    const [correction] = (await ofType('entry.corrected')).filter(({ data }) => data.seq === seq)
    expect(
      await act('usr_ada', 'correct-entry', { seq: correction?.seq, correction: 'By heron-4.' }),
    ).toMatchObject({
      status: 200,
    })
    const newest = (await timeline()).at(-1)?.seq
    const cookie = await cookieOf(test.doors, 'usr_esther')
    const { rows } = (await call(history, `/api/v1/history?case=${id}`, { cookie })).body
    const marks = (entries: MarkedEntry[]) =>
      Object.fromEntries(
        entries.filter((one) => one.corrected_by.length).map((one) => [one.seq, one.corrected_by]),
      )
    const expected = { [seq]: [newest, correction?.seq], [correction?.seq ?? -1]: [newest] }
    expect(marks(rows)).toMatchObject(expected)
    const moment = async (at: number) =>
      (await call(replay, `/api/v1/cases/${id}/replay/${at}`, { cookie, params: { id, seq: String(at) } }))
        .body.entry
    expect(
      marks([await moment(seq), await moment(correction?.seq ?? -1), await moment(newest ?? -1)]),
    ).toEqual(expected)
  })

  it('can be one of a closed case, which stays closed, and a rebuild finds no difference', async () => {
    const seq = await commentSeq()
    expect((await act('usr_ada', 'declare-no-nhi', { reason: 'None is named.' })).status).toBe(200)
    expect((await act('usr_ada', 'dismiss-case', { disposition: 'benign', reason: 'A test.' })).status).toBe(
      200,
    )
    const closed = await file()
    expect((await act('usr_ada', 'correct-entry', { seq, correction: 'It began at 10:43.' })).status).toBe(
      200,
    )
    const after = await file()
    const { version, changed_at, timeline: entries, head, ...rest } = after
    expect(closed).toMatchObject({ ...rest, stage: 'closed' })
    expect([version, entries.length]).toEqual([closed.version + 1, closed.timeline.length + 1])
    expect([changed_at >= closed.changed_at, head === closed.head]).toEqual([true, false])
    const { differences } = await rebuild(test.doors.sql, { org: 'org_halden', repair: false })
    expect(differences).toEqual([])
  })
})
