import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresConnector } from '../../lib/connect/postgres/connector'
import { tryLogin } from '../../lib/connect/postgres/login'
import {
  admitted,
  exactAction,
  inTwoMinutes,
  newJti,
  type Stage,
  stage,
} from '../../lib/connect/postgres/postgres.test-support'
import type { Target } from '../../lib/connect/postgres/target'
import { fakeApp } from './app.test-support'
import { bundleExecutor, EXECUTOR, startExecutor, until, writeConfig } from './process.test-support'
import { wire } from './wire.test-support'

let s: Stage
let line: Awaited<ReturnType<typeof wire>>
let target: Target

beforeAll(async () => {
  s = await stage()
  line = await wire(s.server.port)
  target = { ...s.target, admin: s.target.admin.replace(`:${s.server.port}/`, `:${line.port}/`) }
})
afterAll(async () => {
  line?.down()
  await line?.close()
  await s?.end()
})

const verifier = async () =>
  (await s.superuser`select rolpassword from pg_authid where rolname = 'svc_orders'`)[0]?.rolpassword

describe('a connection that breaks', () => {
  it.each([
    ['create role', 'hears'],
    ['create role', 'never hears'],
    ['alter role', 'never hears'],
  ] as const)(
    'as "%s" is said, which the target %s: nothing was changed, and nothing is left behind',
    async (words, heard) => {
      const before = await verifier()
      const work = admitted(target, exactAction('postgres.rotate-password', {}))
      line.cut(new RegExp(words), heard)
      const jti = newJti()
      const effect = await postgresConnector(target).execute(work, { jti, expires: inTwoMinutes() })
      expect(effect).toMatchObject({ outcome: 'failed', result: { trouble: 'CONNECTION_CLOSED' } })
      expect(await verifier()).toBe(before)
      expect(await s.superuser`select rolname from pg_roles where rolname like 'onrecord_wrt%'`).toHaveLength(
        0,
      )
      expect((await readdir(target.secretSink).catch(() => [])).filter((name) => name.includes(jti))).toEqual(
        [],
      )
    },
  )

  it('as the change is said, which the target hears: it was made, that is found by looking, and the new password is handed over', async () => {
    const before = await verifier()
    const work = admitted(target, exactAction('postgres.rotate-password', {}))
    line.cut(/alter role/, 'hears')
    const jti = newJti()
    const effect = await postgresConnector(target).execute(work, { jti, expires: inTwoMinutes() })
    expect(effect).toMatchObject({ outcome: 'succeeded', result: { trouble: 'CONNECTION_CLOSED' } })
    expect(await verifier()).not.toBe(before)
    const fresh = (await readFile(join(target.secretSink, `svc_orders.${jti}.password`), 'utf8')).trim()
    expect((await tryLogin(target, 'svc_orders', fresh)).result).toBe('accepted')
    expect((await readdir(target.secretSink)).filter((name) => name.endsWith('.pending'))).toEqual([])
  })

  it('and stays broken is unknown, and says nothing of the credential', async () => {
    line.down()
    const work = admitted(target, exactAction('postgres.rotate-password', {}))
    const effect = await postgresConnector(target).execute(work, { jti: newJti(), expires: inTwoMinutes() })
    expect(effect.outcome).toBe('unknown')
    expect(JSON.stringify(effect)).not.toContain(new URL(target.admin).password)
    line.up()
  })

  it('C63: is reported as unknown by the executor, and settled by a second receipt when the target is back, without a second try', async () => {
    const app = await fakeApp(EXECUTOR)
    const folder = await mkdtemp(join(tmpdir(), 'on-record-executor-'))
    const bundle = join(folder, 'executor.mjs')
    await bundleExecutor(bundle)
    const executor = startExecutor(bundle, await writeConfig(folder, app, { ...s, target }))
    try {
      const before = await verifier()
      const ask = app.propose(exactAction('postgres.rotate-password', { end_sessions: true }))
      await until(() => ask.phase === 'planned')
      app.intercept((door, when) => {
        if (door === 'redeem' && when === 'after') line.down()
        return 'go on'
      })
      app.start(ask)
      await until(() => ask.phase === 'unknown')
      line.up()
      await until(() => ask.phase !== 'unknown', 20_000)
      expect(ask.receipts.map(({ outcome }) => outcome)).toEqual(['unknown', 'failed'])
      expect(ask.redeemed).toHaveLength(1)
      expect(await verifier()).toBe(before)
    } finally {
      await executor.stop()
      await app.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('ending sessions', () => {
  it('that was interrupted while some are open is unknown, with their number', async () => {
    const password = 'open-session-password'
    await s.superuser.unsafe(`alter role svc_reports login password '${password}'`)
    const session = postgres(s.server.url('orders'), {
      user: 'svc_reports',
      username: 'svc_reports',
      password,
      max: 1,
    })
    await session`select 1`
    const work = admitted(
      s.target,
      exactAction('postgres.disable-login', { end_sessions: true }, 'svc_reports'),
    )
    await s.superuser`insert into onrecord.applied (jti, step, outcome, digest, kind, account)
      values (${`wrt_${'e'.repeat(32)}`}, 'change', 'applied', ${work.digest}, ${work.action.kind}, 'svc_reports')`
    const effect = await postgresConnector(s.target).reconcile(work, `wrt_${'e'.repeat(32)}`)
    expect(effect).toMatchObject({ outcome: 'unknown', result: { sessions_left: 1 } })
    await session.end()
    const later = await postgresConnector(s.target).reconcile(work, `wrt_${'e'.repeat(32)}`)
    expect(later).toMatchObject({ outcome: 'succeeded', result: { sessions_left: 0 } })
  })
})
