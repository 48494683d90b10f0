import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareSampleTarget } from '../../../scripts/sample-target/prepare'
import { postgresConnector } from './connector'
import { admitted, exactAction, inTwoMinutes, newJti, type Stage, stage } from './postgres.test-support'

let s: Stage

beforeAll(async () => {
  s = await stage()
})
afterAll(() => s?.end())

const connector = () => postgresConnector(s.target)
const authority = (jti = newJti(), expires = inTwoMinutes()) => ({ jti, expires })

async function opens(user: string, password: string): Promise<boolean> {
  const sql = postgres(s.server.url('orders'), { user, username: user, password, max: 1 })
  try {
    await sql`select count(*) from purchase`
    return true
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^28/) })
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function loggedIn(password: string) {
  let close = () => {}
  const ended = new Promise<void>((done) => {
    close = done
  })
  const sql = postgres(s.server.url('orders'), {
    user: 'svc_orders',
    username: 'svc_orders',
    password,
    max: 1,
    onclose: () => close(),
  })
  await sql`select 1`
  return { sql, ended }
}

describe('the sample system', () => {
  it('has a leaked password that works', async () => {
    expect(await opens('svc_orders', s.sample.leakedPassword)).toBe(true)
  })

  it('gives the executor no superuser, no table and no role to become', async () => {
    const sql = postgres(s.sample.adminUrl, { max: 1 })
    const [facts] =
      await sql`select rolsuper, rolcreaterole, rolbypassrls, pg_has_role('svc_orders', 'usage') as inherits,
      pg_has_role('svc_orders', 'set') as becomes, has_table_privilege('purchase', 'select') as reads from pg_roles where rolname = current_user`
    expect(facts).toEqual({
      rolsuper: false,
      rolcreaterole: true,
      rolbypassrls: false,
      inherits: false,
      becomes: false,
      reads: false,
    })
    await expect(sql`alter role postgres password 'x'`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`alter role orders_owner login`).rejects.toMatchObject({ code: '42501' })
    await expect(sql`delete from onrecord.applied`).rejects.toMatchObject({ code: '42501' })
    await sql.end()
  })
})

describe('a plan', () => {
  it('says what changes, how it is undone, who is connected, and that the leaked password works now', async () => {
    const session = await loggedIn(s.sample.leakedPassword)
    const work = admitted(s.target, exactAction('postgres.rotate-password', { end_sessions: true }), [
      s.sample.leakedUrl,
    ])
    const plan = await connector().plan(work)
    expect(plan).toMatchObject({
      reversible: true,
      facts: {
        'leaked password': 'yes, it works now',
        'open sessions': '1',
        groups: 'orders_writer',
        'can log in': 'yes',
      },
    })
    expect(JSON.stringify(plan)).toContain('1 session will be cut off')
    expect(JSON.stringify(plan)).not.toContain(s.sample.leakedPassword)
    await session.sql.end()
  })

  it('fails in words where the change is impossible', async () => {
    const already = admitted(s.target, exactAction('postgres.enable-login', {}))
    expect(await connector().plan(already)).toEqual({
      failed: true,
      reason: 'svc_orders can log in already.',
    })
    const foreign = admitted(s.target, exactAction('postgres.revoke-membership', { group: 'orders_reader' }))
    expect(await connector().plan(foreign)).toEqual({
      failed: true,
      reason: 'svc_orders is not in the group orders_reader.',
    })
  })

  it('fails without leaking its credential when the target does not answer', async () => {
    const target = { ...s.target, admin: 'postgres://onrecord_executor:hunter2hunter2@127.0.0.1:1/orders' }
    const plan = await postgresConnector(target).plan(
      admitted(target, exactAction('postgres.disable-login', {})),
    )
    expect(plan).toMatchObject({ failed: true, reason: expect.stringContaining('ECONNREFUSED') })
    expect(JSON.stringify(plan)).not.toContain('hunter2')
  })
})

describe('C50: the credential of a warrant', () => {
  it('is a role for it alone, with one right, that is gone afterwards', async () => {
    const jti = newJti()
    const work = admitted(s.target, exactAction('postgres.disable-login', {}, 'svc_reports'))
    const effect = await connector().execute(work, authority(jti))
    expect(effect).toMatchObject({ outcome: 'succeeded', summary: 'svc_reports can no longer log in.' })
    const [marker] = await s.superuser`select by_role, outcome from onrecord.applied where jti = ${jti}`
    expect(marker).toEqual({ by_role: `onrecord_${jti}`, outcome: 'applied' })
    expect(await s.superuser`select rolname from pg_roles where rolname like 'onrecord_wrt%'`).toHaveLength(0)
  })

  it('is refused by the target itself once the warrant has expired', async () => {
    const work = admitted(s.target, exactAction('postgres.enable-login', {}, 'svc_reports'))
    const effect = await connector().execute(work, authority(newJti(), Date.now() - 1_000))
    expect(effect).toMatchObject({ outcome: 'failed', result: { trouble: '28P01' } })
    const [role] = await s.superuser`select rolcanlogin from pg_roles where rolname = 'svc_reports'`
    expect(role).toEqual({ rolcanlogin: false })
  })

  it('left behind by a crash it is removed later', async () => {
    const admin = postgres(s.sample.adminUrl, { max: 1 })
    await admin.unsafe(`create role onrecord_wrt_${'e'.repeat(32)} login valid until '2020-01-01'`)
    await admin.end()
    await connector().tidy()
    expect(await s.superuser`select rolname from pg_roles where rolname like 'onrecord_wrt%'`).toHaveLength(0)
  })
})

describe('rotating a password', () => {
  it('locks the leaked one out, ends its sessions and hands the new one over in a file of its own', async () => {
    const session = await loggedIn(s.sample.leakedPassword)
    const jti = newJti()
    const work = admitted(s.target, exactAction('postgres.rotate-password', { end_sessions: true }), [
      s.sample.leakedPassword,
    ])
    const before = await connector().probe(work)
    expect(before).toMatchObject({ outcome: 'not-effective', result: { leaked_tried: ['00000'] } })

    const effect = await connector().execute(work, authority(jti))
    expect(effect.outcome).toBe('succeeded')
    await session.ended
    expect(await opens('svc_orders', s.sample.leakedPassword)).toBe(false)

    const files = await readdir(s.target.secretSink)
    expect(files).toEqual([`svc_orders.${jti}.password`])
    const file = join(s.target.secretSink, files[0] ?? '')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const fresh = (await readFile(file, 'utf8')).trim()
    expect(await opens('svc_orders', fresh)).toBe(true)
    expect(JSON.stringify(effect)).toContain(files[0])
    expect(JSON.stringify(effect)).not.toContain(fresh)
    await session.sql.end({ timeout: 1 })

    const after = await connector().probe(work)
    expect(after).toMatchObject({
      outcome: 'effective',
      result: { leaked_tried: ['28P01'], new_password: 'accepted' },
    })
    expect(JSON.stringify(after)).not.toContain(fresh)
    const planned = await connector().plan(work)
    expect(planned).toMatchObject({ facts: { 'leaked password': 'no, it is refused' } })
  })

  it('C51: a warrant is good for one execution: a second one changes nothing and tells the same', async () => {
    const work = admitted(s.target, exactAction('postgres.rotate-password', {}))
    const jti = newJti()
    const first = await connector().execute(work, authority(jti))
    const verifier = await s.superuser`select rolpassword from pg_authid where rolname = 'svc_orders'`
    const second = await connector().execute(work, authority(jti))
    expect(await s.superuser`select rolpassword from pg_authid where rolname = 'svc_orders'`).toEqual(
      verifier,
    )
    expect([first.outcome, second.outcome]).toEqual(['succeeded', 'succeeded'])
    const fresh = (await readFile(join(s.target.secretSink, `svc_orders.${jti}.password`), 'utf8')).trim()
    expect(await opens('svc_orders', fresh)).toBe(true)
  })

  it('C51: executed five times at once it happens at most once, and every report agrees with the target', async () => {
    const work = admitted(s.target, exactAction('postgres.rotate-password', {}))
    const jti = newJti()
    const connectors = [1, 2, 3, 4, 5].map(connector)
    const effects = await Promise.all(connectors.map((each) => each.execute(work, authority(jti))))
    const markers = await s.superuser<
      { outcome: string }[]
    >`select outcome from onrecord.applied where jti = ${jti}`
    expect(markers).toHaveLength(1)
    const truth = markers[0]?.outcome === 'applied' ? 'succeeded' : 'failed'
    for (const { outcome } of effects) expect([truth, 'unknown']).toContain(outcome)
  })

  it('C58: keeps old and new passwords out of the log of the server, also when it logs every statement', async () => {
    await s.superuser`alter system set log_statement = 'all'`
    await s.superuser`select pg_reload_conf()`
    const jti = newJti()
    const work = admitted(s.target, exactAction('postgres.rotate-password', {}), [s.sample.leakedPassword])
    await connector().execute(work, authority(jti))
    await connector().probe(work)
    const fresh = (await readFile(join(s.target.secretSink, `svc_orders.${jti}.password`), 'utf8')).trim()
    const log = await readFile(join(s.server.folder, 'data', 'server.log'), 'utf8')
    expect(log).toContain('alter role "svc_orders" password')
    for (const secret of [fresh, s.sample.leakedPassword, new URL(s.sample.adminUrl).password])
      expect(log).not.toContain(secret)
  })
})

describe('login and memberships', () => {
  it('disables a login, which the probe sees from outside, and enables it again', async () => {
    const password = 'a-password-that-leaked-again'
    await s.superuser.unsafe(`alter role svc_reports login password '${password}'`)
    const disable = admitted(
      s.target,
      exactAction('postgres.disable-login', { end_sessions: true }, 'svc_reports'),
      [password],
    )
    expect(await connector().probe(disable)).toMatchObject({ outcome: 'not-effective' })
    expect(await connector().execute(disable, authority())).toMatchObject({ outcome: 'succeeded' })
    expect(await connector().probe(disable)).toMatchObject({
      outcome: 'effective',
      result: { leaked_tried: ['28000'] },
    })
    const back = connector().revert(disable.action)
    expect(back).toEqual({ kind: 'postgres.enable-login', params: {} })
    const enable = admitted(s.target, exactAction('postgres.enable-login', {}, 'svc_reports'))
    expect(await connector().execute(enable, authority())).toMatchObject({ outcome: 'succeeded' })
    expect(await connector().probe(enable)).toMatchObject({ outcome: 'effective' })
    expect(await opens('svc_reports', password)).toBe(true)
  })

  it('takes a role out of a group and puts it back', async () => {
    const revoke = admitted(
      s.target,
      exactAction('postgres.revoke-membership', { group: 'orders_writer' }, 'svc_reports'),
    )
    expect(await connector().plan(revoke)).toMatchObject({ reversible: true })
    expect(await connector().execute(revoke, authority())).toMatchObject({ outcome: 'succeeded' })
    expect(await connector().probe(revoke)).toMatchObject({ outcome: 'effective' })
    const grant = admitted(
      s.target,
      exactAction('postgres.grant-membership', { group: 'orders_writer' }, 'svc_reports'),
    )
    expect(await connector().execute(grant, authority())).toMatchObject({ outcome: 'succeeded' })
    expect(await connector().probe(revoke)).toMatchObject({ outcome: 'not-effective' })
    expect(await connector().plan(revoke)).not.toHaveProperty('failed')
  })

  it('says so when a superuser granted the membership, which only that superuser can take back', async () => {
    await s.superuser`grant orders_reader to svc_orders`
    const revoke = admitted(s.target, exactAction('postgres.revoke-membership', { group: 'orders_reader' }))
    expect(await connector().plan(revoke)).toMatchObject({
      failed: true,
      reason: expect.stringContaining('by postgres'),
    })
    await prepareSampleTarget(s.server.url('postgres'), s.folder)
    expect(await connector().plan(revoke)).not.toHaveProperty('failed')
  })
})

describe('a membership with options', () => {
  it('can be taken away and not put back as it was: the plan says so', async () => {
    const by = 'granted by onrecord_grants_orders_writer'
    await s.superuser.unsafe(`grant orders_writer to svc_reports with admin true ${by}`)
    const revoke = admitted(
      s.target,
      exactAction('postgres.revoke-membership', { group: 'orders_writer' }, 'svc_reports'),
    )
    const plan = await connector().plan(revoke)
    expect(plan).toMatchObject({ reversible: false })
    expect(JSON.stringify(plan)).toContain('with other options than usual')
    await s.superuser.unsafe(`revoke admin option for orders_writer from svc_reports ${by}`)
    expect(await connector().plan(revoke)).toMatchObject({ reversible: true })
  })
})

describe('preparing the sample system again', () => {
  it('does not bring a rotated password back', async () => {
    const again = await prepareSampleTarget(s.server.url('postgres'), s.folder)
    expect(again).toEqual(s.sample)
    expect(await opens('svc_orders', again.leakedPassword)).toBe(false)
  })
})

describe('C46: the allow-list', () => {
  const unreachable = () => ({ ...s.target, admin: 'postgres://nobody:nothing@192.0.2.1:5432/orders' })
  it.each([
    [
      'an unknown parameter',
      exactAction('postgres.rotate-password', { end_sessions: true, sql: 'drop role x' }),
      /Unrecognized key/,
    ],
    ['a wrong type', exactAction('postgres.rotate-password', { end_sessions: 'yes' }), /boolean/],
    [
      'an unknown kind',
      exactAction('postgres.drop-role' as 'postgres.enable-login', {}),
      /No connector can do/,
    ],
    [
      'a kind from the prototype',
      exactAction('constructor' as 'postgres.enable-login', {}),
      /No connector can do/,
    ],
    [
      'a role that is not on the list',
      exactAction('postgres.disable-login', {}, 'postgres'),
      /not one that this executor manages/,
    ],
    [
      'a role spelled as SQL',
      exactAction('postgres.disable-login', {}, 'svc_orders"; drop role x; --'),
      /not one that this executor manages/,
    ],
    [
      'a group that is not on the list',
      exactAction('postgres.grant-membership', { group: 'orders_owner' }),
      /not one that this executor manages/,
    ],
    [
      'a group of PostgreSQL itself',
      exactAction('postgres.grant-membership', { group: 'pg_read_all_data' }),
      /must not be a role/,
    ],
    [
      'another connector',
      exactAction('postgres.disable-login', {}, 'svc_orders', { connector: 'https://x.example/c' }),
      /no connector/,
    ],
    [
      'another environment (C56)',
      exactAction('postgres.disable-login', {}, 'svc_orders', {
        target: { nhi: 'nhi_x', name: 'x', environment: 'staging', account: 'svc_orders' },
      }),
      /is for production, not for staging/,
    ],
  ])('denies %s before any network', (_, action, reason) => {
    expect(() => admitted(unreachable(), action)).toThrow(reason)
  })
})
