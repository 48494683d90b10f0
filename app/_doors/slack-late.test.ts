import { randomUUID } from 'node:crypto'
import { runOnce } from 'graphile-worker'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect } from '@/db/client'
import { daysAgo } from '@/db/erasure/erasure.test-support'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { lateTasks } from '@/scripts/worker/late-tasks'
import { POST as act } from '../api/v1/cases/[id]/[command]/route'
import { call, cookieOf, ORIGIN } from './doors.test-support'
import { ADA, BRUNO, HUGO, openSlackTest, type SlackTest } from './slack.test-support'

let slack: SlackTest
let admin: Client
beforeAll(async () => {
  slack = await openSlackTest()
  admin = connect(slack.adminUrl, 1, 'test admin')
})
afterAll(async () => {
  await admin?.end()
  await slack?.close()
})

/** Four days pass: the clocks of the cases go off, and find the time to be so. */
async function fourDaysPass(): Promise<void> {
  await admin`update graphile_worker._private_jobs p set run_at = now() from graphile_worker.jobs j
    where j.id = p.id and j.task_identifier like 'escalate-%'`
  const connectionString = urlAs('on_record_worker', slack.adminUrl, SECRET)
  const deps = daysAgo(slack.doors, -4)
  const settings = {
    queueUrl: connectionString,
    appUrl: '',
    origin: ORIGIN,
    org: 'org_halden',
    environment: {},
  }
  const taskList = lateTasks({ ...settings, deps, log: pino({ level: 'silent' }) })
  await runOnce({ connectionString, taskList, noHandleSignals: true })
}

describe('a case that waits too long', () => {
  let id: string
  let ts: string
  const replies = async () => (await slack.thread(ts)).filter(({ text }) => text.includes('needs you'))

  it('says so once in its thread, calls who is told, and leads to the desk; nothing there can be pressed', async () => {
    ts = await slack.chat.acts.say(HUGO, slack.channel, 'the export job runs as an unusual service account')
    await slack.promoteAs(ADA, ts, 'An unusual service account')
    const made = (await slack.allCases()).find((each) => each.title === 'An unusual service account')
    id = made?.id ?? ''
    await tell('usr_ada', 'declareNoNhi', { reason: 'A person did it.' })
    await tell('usr_bruno', 'confirmCase', CONTEXT)
    await tell('usr_bruno', 'assignCase', { assignee: 'usr_bruno', due: null })
    await slack.work()
    await fourDaysPass()
    await slack.work()
    const [said, ...others] = await replies()
    expect(others).toEqual([])
    expect(said?.text).toBe(
      `<@${BRUNO}> <@${ADA}> Case ${made?.number} needs you. Overdue: it waits for Bruno Salas; ` +
        `escalated to Ada Okafor and Grace Lim (same team). <${ORIGIN}/cases/${id}|Open the case>`,
    )
    expect(said?.blocks ?? []).toEqual([])
  })

  it('says so on its card, above everything else', async () => {
    const card = (await slack.thread(ts)).find(({ text }) => text.startsWith('Case '))
    expect(JSON.stringify(card)).toContain('Overdue: it waits for Bruno Salas; escalated to Ada Okafor')
  })

  it('doesn’t say it again after a crash between posting and being done', async () => {
    const [{ seq } = { seq: 0 }] = await admin<{ seq: number }[]>`
      select seq from event where stream = ${id} and type = 'case.overdue'`
    const payload = JSON.stringify({ org: 'org_halden', case: id, seq })
    await slack.doors.sql`select enqueue('notice', ${payload}::text::json, ${randomUUID()}, null)`
    await slack.work()
    expect(await replies()).toHaveLength(1)
  })

  it('says nothing where somebody was faster', async () => {
    await admin`delete from graphile_worker._private_jobs`
    const other = await slack.chat.acts.say(HUGO, slack.channel, 'and another one')
    await slack.promoteAs(ADA, other, 'Another one')
    id = (await slack.allCases()).find((each) => each.title === 'Another one')?.id ?? ''
    await tell('usr_ada', 'declareNoNhi', { reason: 'A person did it.' })
    await tell('usr_bruno', 'confirmCase', CONTEXT)
    await tell('usr_bruno', 'assignCase', { assignee: 'usr_bruno', due: null })
    await fourDaysPass()
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await tell('usr_bruno', 'assignCase', { assignee: 'usr_ada', due: later })
    await slack.work()
    expect((await slack.thread(other)).filter(({ text }) => text.includes('needs you'))).toEqual([])
  })

  async function tell(person: string, command: string, body: object): Promise<void> {
    const cookie = await cookieOf(slack.doors, person)
    const headers = { 'idempotency-key': randomUUID() }
    const answer = await call(act, `/api/v1/cases/${id}/${command}`, {
      ...{ cookie, params: { id, command }, body, headers },
    })
    expect(answer.status, answer.text).toBe(200)
  }
})

const CONTEXT = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'seen in the log' }
