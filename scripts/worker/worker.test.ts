import pino from 'pino'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDeps, type Performing } from '../../db/deps'
import { migratedDatabase } from '../../db/migrated.test-support'
import { urlAs } from '../../db/roles'
import { SECRET } from '../../db/secret.test-support'
import { perform } from '../../lib/act/perform'
import { isRefusal } from '../../lib/act/refusal'
import { systemActor } from '../system'
import { cleanUp } from './clean-up'
import { runWorker, type WorkerSettings } from './worker'

const ORG = 'org_halden'
const NHI = 'nhi_svc-orders'
const silent = pino({ level: 'silent' })
let admin: Sql
let settings: WorkerSettings
let deps: Performing

beforeAll(async () => {
  const url = await migratedDatabase()
  admin = postgres(url, { max: 1, onnotice: () => undefined })
  settings = {
    queueUrl: urlAs('on_record_worker', url, SECRET),
    appUrl: urlAs('on_record_app', url, SECRET),
    origin: 'http://localhost:3000',
    org: ORG,
    environment: {},
  }
  deps = openDeps({
    url: settings.appUrl,
    origin: settings.origin,
    policies: 'policies',
    connections: 2,
    name: 'worker test',
  })
})

afterAll(async () => {
  await deps?.sql.end()
  await admin?.end()
})

async function enqueue(job: string, payload: object, at: Date | null = null): Promise<void> {
  await deps.sql`select enqueue(${job}, ${JSON.stringify({ ...payload, org: ORG })}::text::json, null, ${at?.toISOString() ?? null})`
}

async function queued(): Promise<{ task: string; attempts: number; locked: boolean }[]> {
  return [
    ...(await admin<{ task: string; attempts: number; locked: boolean }[]>`
    select task_identifier as task, attempts, locked_at is not null as locked from graphile_worker.jobs order by id`),
  ]
}

async function during(work: () => Promise<void>): Promise<void> {
  const stopping = new AbortController()
  const running = runWorker(settings, silent, stopping.signal)
  try {
    await work()
  } finally {
    stopping.abort()
    await running
  }
}

async function until(what: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise((done) => setTimeout(done, 50))
  }
}

describe('the worker', () => {
  it('records a rotation on the identity that was rotated, as the system, once', async () => {
    const profile = {
      ...{
        name: 'svc-orders',
        kind: 'service-account',
        system: 'orders',
        account: 'svc_orders',
        environment: 'production',
      },
      ...{
        privilege: 'write',
        reach: 'all orders',
        criticality: 'high',
        domain: 'sales',
        purpose: 'takes orders',
        owner: null,
      },
    }
    const setup = systemActor('sys_setup', ORG)
    await admin`select set_config('app.org', ${ORG}, false)`
    const registered = await perform(
      {
        ...deps,
        policies: {
          bundle: deps.policies.bundle,
          authorize: () => ({
            permitted: true,
            rules: ['test'],
            bundle: deps.policies.bundle,
            decision_id: 'dec_1',
            reasons: [],
          }),
        },
      },
      setup,
      { kind: 'nhi', stream: NHI, command: 'registerNhi', input: profile, key: 'register-svc-orders' },
    )
    expect(isRefusal(registered) ? registered : null).toBeNull()
    await during(async () => {
      for (let times = 0; times < 2; times++)
        await enqueue('rotated', { case: 'case_leak', nhi: NHI, on: '2026-03-02' })
      await until(async () => (await queued()).length === 0)
    })
    const events = await admin<
      { type: string; actor: string }[]
    >`select type, actor from event where stream = ${NHI} order by seq`
    expect(events.filter(({ type }) => type === 'nhi.rotated')).toEqual([
      { type: 'nhi.rotated', actor: 'sys_worker' },
    ])
  })

  it('counts as done what is no longer due, and leaves nothing in the queue', async () => {
    await during(async () => {
      await enqueue('expire-action', { case: 'case_none', request: 'req_none' })
      await enqueue('expire-exception', { case: 'case_none', exception: 'exc_none' })
      await until(async () => (await queued()).length === 0)
    })
  })

  it('waits with work until its time has come', async () => {
    await during(async () => {
      await enqueue(
        'expire-action',
        { case: 'case_none', request: 'req_later' },
        new Date(Date.now() + 3_600_000),
      )
      await new Promise((done) => setTimeout(done, 300))
      expect(await queued()).toEqual([{ task: 'expire-action', attempts: 0, locked: false }])
    })
    await admin`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`
  })

  it('hands work that it does not understand back for another attempt, unlocked, when it stops', async () => {
    await during(async () => {
      await enqueue('rotated', { wrong: true })
      await until(async () => (await queued()).some(({ attempts }) => attempts === 1))
    })
    expect(await queued()).toEqual([{ task: 'rotated', attempts: 1, locked: false }])
    await admin`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`
  })

  it('removes answers of more than thirty days, ended sessions and used assertions, and leaves the others', async () => {
    const scoped = async (work: (sql: Sql) => Promise<unknown>) => work(admin)
    await scoped(async (sql) => {
      await sql`insert into answer select ${ORG}, 'usr_ada', name, 'd', '{}', now() - age from (values ('old', interval '31 days'), ('new', interval '1 day')) as v(name, age)`
      await sql`insert into used_assertion select ${ORG}, name, now() + age from (values ('old', interval '-1 hour'), ('new', interval '1 minute')) as v(name, age)`
      await sql`insert into session select ${ORG}, name, 'usr_ada', 'pwd', '{}', 0, now(), now(), now() + age from (values ('old', interval '-1 hour'), ('new', interval '1 hour')) as v(name, age)`
    })
    await cleanUp({ ...settings, deps, log: silent })
    expect(await admin`select key from answer where key in ('old', 'new')`).toEqual([{ key: 'new' }])
    expect(await admin`select jti from used_assertion`).toEqual([{ jti: 'new' }])
    expect(await admin`select token from session`).toEqual([{ token: 'new' }])
  })
})
