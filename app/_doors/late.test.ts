import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect } from '@/db/client'
import { done, FINDING } from '@/db/database.test-support'
import { daysAgo } from '@/db/erasure/erasure.test-support'
import { rebuild } from '@/db/rebuild'
import { urlAs } from '@/db/roles'
import { SECRET } from '@/db/secret.test-support'
import { sampleActor } from '@/db/seed/actors'
import type { ApprovalRow } from '@/lib/act/view/action'
import type { CaseFile, CasePage } from '@/lib/act/view/case'
import { type Actor, identified } from '@/lib/identity/actor'
import { until } from '@/scripts/resilience/until.test-support'
import { runWorker } from '@/scripts/worker/worker'
import { GET as readApprovals } from '../api/v1/approvals/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { GET as readCases } from '../api/v1/cases/route'
import { call, cookieOf, ORIGIN, openTestDoors, type TestDoors } from './doors.test-support'

const ORG = 'org_halden'
const silent = pino({ level: 'silent' })
let test: TestDoors
let admin: Client

beforeAll(async () => {
  test = await openTestDoors()
  admin = connect(test.adminUrl, 1, 'test admin')
})
afterAll(async () => {
  await admin?.end()
  await test?.close()
})

/** Somebody does something to a case, so many days ago. */
function act(days: number, who: string | Actor, stream: string, command: string, input: object = {}) {
  const actor = typeof who === 'string' ? sampleActor(who) : who
  return done(daysAgo(test.doors, days), actor, { kind: 'case', stream, command, input })
}

/** A case about the service account of the orders, confirmed, with Ada asked to take it. */
async function assigned(days: number): Promise<string> {
  const stream = test.doors.newId('case')
  await act(days, 'usr_hugo', stream, 'promoteFinding', FINDING)
  await act(days, 'usr_bruno', stream, 'linkNhi', { nhi: 'nhi_svc-orders', reason: 'It is named.' })
  const context = { criticality: 'high', privilege: 'high', exposure: 'internal', note: 'It works.' }
  await act(days, 'usr_bruno', stream, 'attachEvidence', EVIDENCE)
  await act(days, 'usr_bruno', stream, 'raiseTrust', { reason: 'I saw it.' })
  await act(days, 'usr_bruno', stream, 'confirmCase', context)
  await act(days, 'usr_bruno', stream, 'assignCase', { assignee: 'usr_ada' })
  return stream
}
const EVIDENCE = {
  ...{ sha256: 'a'.repeat(64), bytes: 1, media_type: 'text/plain', name: 'log.txt', kind: 'file' },
  ...{ source: 'build log', tool: null, trust: 'typed' },
}

/** A request for a change, planned so many days ago; of eight hours that it stands. */
async function planned(days: number): Promise<{ id: string; request: string }> {
  const id = await assigned(days)
  await act(days, 'usr_ada', id, 'acceptAssignment')
  const proposal = {
    kind: 'postgres.rotate-password',
    params: {},
    nhi: 'nhi_svc-orders',
    purpose: 'It leaked.',
  }
  const request = (await act(days, 'usr_ada', id, 'proposeAction', proposal)).ids.request ?? ''
  const plan = { changes: ['a new password'], undo: 'none', reversible: true, warnings: [], facts: {} }
  await act(days, executor, id, 'recordPlan', { request, revision: 1, plan })
  return { id, request }
}
const executor = identified({
  ...{ kind: 'nhi', id: 'nhi_executor-postgres', name: 'executor', org: ORG, via: 'api', request: 'r' },
  ...{ roles: ['executor'], owner: 'usr_ivo', auth: { acr: 'key', amr: ['hwk'], auth_time: 0 } },
} as const)

/** The worker runs until nothing waits that is due. */
async function worked(): Promise<void> {
  const stopping = new AbortController()
  const settings = {
    queueUrl: urlAs('on_record_worker', test.adminUrl, SECRET),
    appUrl: urlAs('on_record_app', test.adminUrl, SECRET),
    ...{ origin: ORIGIN, org: ORG, environment: {} },
  }
  const running = runWorker(settings, silent, stopping.signal)
  try {
    await until(async () => (await queued('run_at <= now()')).length === 0)
  } finally {
    stopping.abort()
    await running
  }
}

async function queued(which: string, stream = ''): Promise<{ task: string; key: string; at: string }[]> {
  return [
    ...(await admin<{ task: string; key: string; at: string }[]>`
      select j.task_identifier as task, j.key, utc(j.run_at) as at from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
      where j.task_identifier like 'escalate-%' and (p.payload ->> 'case' = ${stream} or ${stream} = '')
        and (${which} = 'all' or j.run_at <= now()) order by j.key`),
  ]
}

const told = (stream: string) => admin<{ type: string; actor: string }[]>`
  select type, actor from event where stream = ${stream} and type in ('case.overdue', 'assignment.awaited', 'approval.awaited') order by type`
const types = async (stream: string) => (await told(stream)).map(({ type }) => type)

async function waitsFor(person: string): Promise<string[]> {
  const cookie = await cookieOf(test.doors, person)
  const { body } = await call(readCases, '/api/v1/cases?view=waiting', { cookie })
  return (body as CasePage).rows.map(({ id }) => id)
}

async function file(id: string): Promise<CaseFile> {
  const cookie = await cookieOf(test.doors, 'usr_bruno')
  return (await call(readCase, `/api/v1/cases/${id}`, { cookie, params: { id } })).body
}

describe('a case that passed its due time', () => {
  let id: string

  it('is said to be overdue when the worker comes back after a day, and is in the inbox of whoever is told', async () => {
    id = await assigned(4)
    expect(await types(id)).toEqual([])
    await worked()
    expect(await told(id)).toEqual([{ type: 'case.overdue', actor: 'sys_worker' }])
    for (const person of ['usr_ada', 'usr_bruno', 'usr_grace']) expect(await waitsFor(person)).toContain(id)
    for (const person of ['usr_farid', 'usr_chiara']) expect(await waitsFor(person)).not.toContain(id)
    const { overdue, escalated, accepted, stage } = await file(id)
    expect({ escalated, accepted, stage }).toEqual({ escalated: true, accepted: false, stage: 'assign' })
    expect(overdue?.waits_for.map(({ name }) => name)).toEqual(['Ada Okafor'])
    expect(overdue?.escalated_to.map(({ who, as }) => `${who.name}, ${as}`)).toEqual([
      'Bruno Salas, team',
      'Grace Lim, team',
    ])
  })

  it('is said so once, however often the job runs', async () => {
    const { due } = await file(id)
    for (let times = 0; times < 2; times++) {
      const payload = JSON.stringify({ org: ORG, case: id, due })
      await test.doors.sql`select enqueue('escalate-case', ${payload}::text::json, ${randomUUID()}, null)`
    }
    await worked()
    expect(await types(id)).toEqual(['case.overdue'])
  })

  it('leaves the inboxes with the next due time', async () => {
    await act(0, 'usr_bruno', id, 'assignCase', { assignee: 'usr_grace' })
    expect(await waitsFor('usr_bruno')).not.toContain(id)
    expect((await file(id)).escalated).toBe(false)
    const { due } = await file(id)
    const at = (await queued('all', id)).find(({ task }) => task === 'escalate-case')?.at
    expect(at).toBe(due)
  })
})

describe('whoever was asked to take a case and hasn’t answered by half of its time', () => {
  it('C03: is named, the rest of the team is told, and the case is accepted by nobody', async () => {
    const id = await assigned(2)
    await worked()
    expect(await types(id)).toEqual(['assignment.awaited'])
    expect(await waitsFor('usr_grace')).toContain(id)
    const { unanswered, accepted, stage, assignee } = await file(id)
    expect({ accepted, stage, assignee: assignee?.id }).toEqual({
      ...{ accepted: false, stage: 'assign', assignee: 'usr_ada' },
    })
    expect(unanswered?.waits_for.map(({ name }) => name)).toEqual(['Ada Okafor'])
    await act(0, 'usr_ada', id, 'acceptAssignment')
    expect(await waitsFor('usr_grace')).not.toContain(id)
  })
})

describe('the clocks of a case', () => {
  it('follow its due time, so that a case that moved meanwhile is not called late', async () => {
    const id = await assigned(4)
    await act(0, 'usr_bruno', id, 'assignCase', { assignee: 'usr_grace' })
    await worked()
    expect(await types(id)).toEqual([])
  })

  it('are gone from the queue once nobody waits', async () => {
    const id = await assigned(0)
    expect((await queued('all', id)).map(({ task }) => task)).toEqual([
      'escalate-case',
      'escalate-assignment',
    ])
    await act(0, 'usr_ada', id, 'acceptAssignment')
    expect((await queued('all', id)).map(({ task }) => task)).toEqual(['escalate-case'])
  })
})

describe('an approval that nobody gave by half of its time', () => {
  it('C03: is said to be missing, is told to the administrators, and is not given by that', async () => {
    const { id, request } = await planned(5 / 24)
    await worked()
    expect(await types(id)).toEqual(['approval.awaited'])
    expect(await waitsFor('usr_farid')).toContain(id)
    const [action] = (await file(id)).actions
    expect(action).toMatchObject({ request, status: 'awaiting-approval', approvals: [] })
    const late = action?.late
    expect(late?.waits_for.map(({ name }) => name)).toEqual(['Chiara Lind'])
    expect(late?.escalated_to.map(({ who, as }) => `${who.name}, ${as}`)).toEqual(['Farid Haddad, admin'])
    const cookie = await cookieOf(test.doors, 'usr_chiara')
    const rows: ApprovalRow[] = (await call(readApprovals, '/api/v1/approvals', { cookie })).body.rows
    expect(rows.find((row) => row.action.request === request)?.action.late).toEqual(late)
    await act(0, 'usr_ada', id, 'withdrawAction', { request, reason: 'Not needed.' })
    expect(await waitsFor('usr_farid')).not.toContain(id)
  })

  it('C03: ends undecided when its time is over, for a worker that comes back too late to remind anybody', async () => {
    const { id } = await planned(10 / 24)
    await until(async () => {
      await worked()
      return (await file(id)).actions[0]?.status === 'expired'
    })
    expect((await file(id)).actions[0]?.approvals).toEqual([])
    expect(await types(id)).toEqual([])
  })
})

it('all of it follows from the record', async () => {
  const { differences } = await rebuild(test.doors.sql, { org: ORG, repair: false })
  expect(differences).toEqual([])
})
