import { randomUUID } from 'node:crypto'
import { runOnce } from 'graphile-worker'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect } from '@/db/client'
import { done } from '@/db/database.test-support'
import { daysAgo } from '@/db/erasure/erasure.test-support'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { identified } from '@/lib/identity/actor'
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

/** Time passes: the clocks of the cases go off, and find it to be so late. */
async function daysPass(days: number): Promise<void> {
  await admin`update graphile_worker._private_jobs p set run_at = now() from graphile_worker.jobs j
    where j.id = p.id and j.task_identifier like 'escalate-%' and p.run_at <= now() + make_interval(secs => ${days * 86_400})`
  const connectionString = urlAs('on_record_worker', slack.adminUrl, SECRET)
  const deps = daysAgo(slack.doors, -days)
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
    await daysPass(4)
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
    await daysPass(4)
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await tell('usr_bruno', 'assignCase', { assignee: 'usr_ada', due: later })
    await slack.work()
    expect((await slack.thread(other)).filter(({ text }) => text.includes('needs you'))).toEqual([])
  })

  it('C01 C03: leads to the approval that is missing; the reply can’t give it', async () => {
    await admin`delete from graphile_worker._private_jobs`
    const other = await slack.chat.acts.say(HUGO, slack.channel, 'and a third one')
    await slack.promoteAs(ADA, other, 'A third one')
    id = (await slack.allCases()).find((each) => each.title === 'A third one')?.id ?? ''
    await tell('usr_ada', 'linkNhi', { nhi: 'nhi_svc-orders', reason: 'It is named.' })
    await tell('usr_bruno', 'confirmCase', CONTEXT)
    await tell('usr_bruno', 'assignCase', { assignee: 'usr_bruno', due: null })
    await tell('usr_bruno', 'proposeAction', ROTATION)
    const request = (await slack.file(id)).actions[0]?.request
    const plan = { changes: ['a new password'], undo: 'none', reversible: true, warnings: [], facts: {} }
    const input = { request, revision: 1, plan }
    await done(slack.doors, executor, { kind: 'case', stream: id, command: 'recordPlan', input })
    await daysPass(6 / 24)
    await slack.work()
    const said = (await slack.thread(other)).filter(({ text }) => text.includes('needs you'))
    expect(said.map(({ text }) => text.slice(text.indexOf('Half')))).toEqual([
      'Half of the time for approving is over: postgres.rotate-password on svc-orders; ' +
        `escalated to Farid Haddad (administrator). <${ORIGIN}/approvals/${id}/${request}|Review the approval>`,
    ])
    expect((await slack.file(id)).actions[0]).toMatchObject({ status: 'awaiting-approval', approvals: [] })
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

const ROTATION = {
  kind: 'postgres.rotate-password',
  params: {},
  nhi: 'nhi_svc-orders',
  purpose: 'Its password leaked.',
}
const executor = identified({
  ...{ kind: 'nhi', id: 'nhi_executor-postgres', name: 'executor', org: 'org_halden', via: 'api' },
  ...{
    request: 'r',
    roles: ['executor'],
    owner: 'usr_ivo',
    auth: { acr: 'key', amr: ['hwk'], auth_time: 0 },
  },
} as const)
const CONTEXT = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'seen in the log' }
