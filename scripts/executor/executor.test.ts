import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Action } from '../../lib/action/event'
import { tryLogin } from '../../lib/connect/postgres/login'
import { exactAction, type Stage, stage } from '../../lib/connect/postgres/postgres.test-support'
import { type Ask, type Door, type FakeApp, fakeApp } from './app.test-support'
import {
  bundleExecutor,
  EXECUTOR,
  type Running,
  startExecutor,
  until,
  writeConfig,
} from './process.test-support'

let s: Stage
let bundle: string
let app: FakeApp
let folder: string
let config: string
let running: Running[]
let caseCount = 0

beforeAll(async () => {
  s = await stage()
  bundle = join(s.folder, 'executor.mjs')
  await bundleExecutor(bundle)
})
afterAll(() => s?.end())

beforeEach(async () => {
  running = []
  folder = await mkdtemp(join(tmpdir(), 'on-record-executor-'))
  app = await fakeApp(EXECUTOR)
  config = await writeConfig(folder, app, s)
})
afterEach(async () => {
  for (const each of running) each.kill()
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

function run(): Running {
  const started = startExecutor(bundle, config)
  running.push(started)
  return started
}

function rotation(params: Action['params'] = { end_sessions: true }): Action {
  caseCount += 1
  return exactAction('postgres.rotate-password', params, 'svc_orders', {
    case: `case_${caseCount}`,
    expires_at: inAnHour(),
  })
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const verifier = async () =>
  (await s.superuser`select rolpassword from pg_authid where rolname = 'svc_orders'`)[0]?.rolpassword
const applied = async (ask: Ask) =>
  s.superuser`select jti from onrecord.applied where step = 'change' and outcome = 'applied' and jti in ${s.superuser(['', ...ask.redeemed])}`
const leftovers = async () =>
  (await s.superuser`select 1 from pg_roles where rolname like 'onrecord_wrt%'`).length

describe('the executor', () => {
  it('plans, waits for the seal, executes under a warrant, reports, and probes; no secret leaves it', async () => {
    const executor = run()
    const ask = app.propose(rotation())
    app.leaked.set(ask.action.case, [s.sample.leakedPassword])
    await until(() => ask.phase === 'planned')
    expect(ask.plan?.facts['leaked password']).toBe('yes, it works now')

    app.holdSealing()
    app.start(ask)
    await until(() => app.log.some((line) => line.includes('/executor/warrant')))
    expect(ask.warrants).toBe(0)
    const before = Date.now()
    app.seal(ask)
    await until(() => ask.phase === 'executed')
    expect(Date.now() - before).toBeLessThan(2_000)
    expect(ask.receipts).toMatchObject([{ outcome: 'succeeded', result: { account: 'svc_orders' } }])

    app.askForProbe(ask)
    await until(() => ask.probe !== null)
    expect(ask.probe).toMatchObject({
      outcome: 'effective',
      result: { leaked_tried: ['28P01'], new_password: 'accepted' },
    })

    expect(await executor.stop()).toBe(0)
    const files = await readdir(s.target.secretSink)
    const fresh = (await readFile(join(s.target.secretSink, files[0] ?? ''), 'utf8')).trim()
    const journal = await readFile(join(folder, 'journal.ndjson'), 'utf8')
    expect((await stat(join(folder, 'journal.ndjson'))).mode & 0o777).toBe(0o600)
    const everything = executor.output() + journal + app.log.join('\n')
    for (const secret of [
      s.sample.leakedPassword,
      fresh,
      new URL(s.sample.adminUrl).password,
      app.executorKey.d ?? '?',
    ])
      expect(everything).not.toContain(secret)
  })

  it('reports a plan that is impossible, and one that is not allowed', async () => {
    run()
    const outside = app.propose(exactAction('postgres.disable-login', {}, 'orders_owner'))
    const already = app.propose(exactAction('postgres.enable-login', {}))
    await until(() => outside.planFailure !== null && already.planFailure !== null)
    expect(outside.planFailure).toContain('not one that this executor manages')
    expect(already.planFailure).toContain('can log in already')
  })

  it('C53: does not redeem a warrant for something else than it was asked to do', async () => {
    const executor = run()
    const ask = app.propose(rotation())
    app.intercept((door) => {
      // Between the list of work and the warrant the app swaps the action.
      if (door === 'warrant')
        Object.assign(ask, { action: { ...ask.action, params: { end_sessions: false } } })
      return 'go on'
    })
    app.start(ask)
    await until(() => executor.output().includes('not one to act on'))
    expect(executor.output()).toContain('wrong_action')
    expect(ask.redeemed).toEqual([])
  })

  it('refuses to start with a configuration that others can read', async () => {
    const { chmod } = await import('node:fs/promises')
    await chmod(config, 0o644)
    const executor = run()
    await until(() => executor.child.exitCode !== null)
    expect(executor.child.exitCode).toBe(1)
    expect(executor.output()).toContain('chmod 600')
  })

  it('finishes what it has begun when it is asked to stop', async () => {
    const executor = run()
    const ask = app.propose(rotation())
    let stopping: Promise<number | null> | null = null
    app.intercept((door, when) => {
      if (door === 'redeem' && when === 'after') stopping ??= executor.stop()
      return 'go on'
    })
    app.start(ask)
    await until(() => stopping !== null)
    expect(await stopping).toBe(0)
    expect(ask.receipts).toMatchObject([{ outcome: 'succeeded' }])
  })
})

describe('killed with kill -9 and started again, it makes one effect at most and one truthful receipt', () => {
  async function crash(at: Door, when: 'before' | 'after'): Promise<{ ask: Ask; changed: boolean }> {
    const before = await verifier()
    const executor = run()
    const ask = app.propose(rotation())
    let dead = false
    app.intercept((door, moment) => {
      if (dead || door !== at || moment !== when) return 'go on'
      dead = true
      executor.kill()
      return 'drop'
    })
    app.start(ask)
    await until(() => dead)
    run()
    await until(() => ask.phase === 'executed' || ask.phase === 'failed')
    await until(async () =>
      (await readFile(join(folder, 'journal.ndjson'), 'utf8')).endsWith(
        '"closed","jti":"'.concat(ask.jti ?? '', '"}\n'),
      ),
    )
    return { ask, changed: (await verifier()) !== before }
  }

  it.each<[Door, 'before' | 'after', 'succeeded' | 'failed']>([
    ['warrant', 'before', 'succeeded'],
    ['warrant', 'after', 'succeeded'],
    ['redeem', 'before', 'succeeded'],
    ['redeem', 'after', 'failed'],
    ['receipt', 'before', 'succeeded'],
    ['receipt', 'after', 'succeeded'],
  ])(
    'at the door %s, %s it was carried out: %s',
    async (door, when, outcome) => {
      const { ask, changed } = await crash(door, when)
      expect(ask.receipts.map((receipt) => receipt.outcome)).toEqual([outcome])
      expect(changed).toBe(outcome === 'succeeded')
      expect(await applied(ask)).toHaveLength(outcome === 'succeeded' ? 1 : 0)
      expect(ask.redeemed).toHaveLength(1)
      expect(await leftovers()).toBe(0)
    },
    30_000,
  )

  /** Holds something in the target so that the executor stands still at one exact point, kills it there, starts another, and lets go. */
  async function crashHeldBy(
    lock: string,
    waitsFor: RegExp,
    letGo: 'before the report' | 'after the report',
  ): Promise<Ask> {
    const ask = app.propose(rotation())
    const executor = run()
    await until(() => ask.phase === 'planned')
    const holder = await s.superuser.reserve()
    await holder`begin`
    await holder.unsafe(lock)
    app.start(ask)
    await until(async () => {
      const waiting = await s.superuser<{ query: string }[]>`
        select query from pg_stat_activity where wait_event_type = 'Lock' and pid <> pg_backend_pid()`
      return waiting.some(({ query }) => waitsFor.test(query))
    })
    executor.kill()
    run()
    const reported = until(
      () => ask.phase === 'executed' || ask.phase === 'failed' || ask.phase === 'unknown',
    )
    if (letGo === 'after the report') await reported
    else await new Promise((done) => setTimeout(done, 800))
    await holder`rollback`
    holder.release()
    await reported
    return ask
  }

  it('before its role exists: nothing changed, failed', async () => {
    const before = await verifier()
    const ask = await crashHeldBy(
      'lock table pg_authid in share row exclusive mode',
      /create role/,
      'before the report',
    )
    expect(ask.receipts).toMatchObject([{ outcome: 'failed' }])
    expect(await verifier()).toBe(before)
    await onlyDyingRoles()
  })

  it('with the change said and not yet made: the target finishes what it has heard, once, and the next executor waits to see it', async () => {
    const before = await verifier()
    const ask = await crashHeldBy(
      `select 1 from pg_authid where rolname = 'svc_orders' for update`,
      /alter role/,
      'before the report',
    )
    expect(ask.receipts).toMatchObject([{ outcome: 'succeeded' }])
    expect(await verifier()).not.toBe(before)
    expect(await newPasswordWorks(ask)).toBe(true)
  })

  it('with the change made and its sessions not yet ended: the new password is handed over, and no session is open', async () => {
    const before = await verifier()
    await s.superuser.unsafe(`alter function onrecord.end_sessions(text) rename to kept_aside;
      create function onrecord.end_sessions(wanted text) returns integer language sql security definer as $$ select pg_advisory_xact_lock(7); select 0 $$;
      grant execute on function onrecord.end_sessions(text) to onrecord_marker`)
    try {
      const ask = await crashHeldBy('select pg_advisory_xact_lock(7)', /end_sessions/, 'after the report')
      expect(ask.receipts).toMatchObject([{ outcome: 'succeeded', result: { sessions_left: 0 } }])
      expect(await verifier()).not.toBe(before)
      expect(await newPasswordWorks(ask)).toBe(true)
    } finally {
      await s.superuser.unsafe(
        'drop function onrecord.end_sessions(text); alter function onrecord.kept_aside(text) rename to end_sessions',
      )
    }
  })

  async function newPasswordWorks(ask: Ask): Promise<boolean> {
    const file = join(s.target.secretSink, `svc_orders.${ask.jti}.password`)
    const { result } = await tryLogin(s.target, 'svc_orders', (await readFile(file, 'utf8')).trim())
    return result === 'accepted'
  }

  /** What a kill may leave in the target: a login whose password died with the process, and that the target lets expire. */
  async function onlyDyingRoles(): Promise<void> {
    const roles =
      await s.superuser`select rolvaliduntil <= now() + interval '121 seconds' as dying, rolconnlimit as sessions
      from pg_roles where rolname like 'onrecord_wrt%'`
    for (const role of roles) expect(role).toEqual({ dying: true, sessions: 1 })
  }

  it('at any moment whatever', async () => {
    for (let round = 0; round < 8; round += 1) {
      const before = await verifier()
      const ask = app.propose(rotation())
      const executor = run()
      await until(() => ask.phase === 'planned')
      app.start(ask)
      await new Promise((done) => setTimeout(done, 10 + round * 25))
      executor.kill()
      const second = run()
      await until(() => ask.phase === 'executed' || ask.phase === 'failed')
      await second.stop()
      const changed = (await verifier()) !== before
      expect(ask.receipts.map(({ outcome }) => outcome)).toEqual([changed ? 'succeeded' : 'failed'])
      expect(await applied(ask)).toHaveLength(changed ? 1 : 0)
      await onlyDyingRoles()
    }
  })
})
