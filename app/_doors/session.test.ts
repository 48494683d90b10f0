import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as signInLocally } from '../api/auth/local/route'
import { POST as signOut } from '../api/auth/signout/route'
import { GET as approvals } from '../api/v1/approvals/route'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { GET as members } from '../api/v1/members/route'
import { POST as registry } from '../api/v1/registry/[command]/route'
import { GET as session } from '../api/v1/session/route'
import { call, cookieOf, ORIGIN, openTestDoors, type TestDoors } from './doors.test-support'
import { cookieName, setCookie } from './session-cookie'
import { readSettings, settings } from './settings'

let test: TestDoors
let admin: Sql

beforeAll(async () => {
  test = await openTestDoors()
  admin = postgres(test.adminUrl, { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  await admin?.end()
  await test?.close()
})

const whoIs = (cookie: string) => call(session, '/api/v1/session', { cookie })
const asAdmin = async (text: string) => {
  await admin.unsafe(`set app.org = 'org_halden'`)
  await admin.unsafe(text)
}

describe('a session', () => {
  it('says who is signed in', async () => {
    const { status, body } = await whoIs(await cookieOf(test.doors, 'usr_ada'))
    expect(status).toBe(200)
    expect(body).toMatchObject({
      who: { id: 'usr_ada', name: 'Ada Okafor', kind: 'human' },
      roles: ['analyst'],
      org: { id: 'org_halden' },
      local: true,
    })
  })

  it('C68 ends when it was not used for long enough, and in any case at its end', async () => {
    const idle = await cookieOf(test.doors, 'usr_ada')
    await asAdmin(`update session set seen_at = now() - interval '13 hours' where member = 'usr_ada'`)
    expect((await whoIs(idle)).status).toBe(401)
    const old = await cookieOf(test.doors, 'usr_bruno')
    await asAdmin(`update session set expires = now() - interval '1 second' where member = 'usr_bruno'`)
    expect((await whoIs(old)).status).toBe(401)
  })

  it("C68 is its own person's, however many ask at the same time", async () => {
    const people = ['usr_ada', 'usr_bruno', 'usr_esther', 'usr_farid', 'usr_hugo']
    const cookies = await Promise.all(people.map((person) => cookieOf(test.doors, person)))
    const elsewhere = cookies.map((cookie) => cookie.replace('org_halden', 'org_other'))
    const asked = [...cookies, ...elsewhere, ...cookies, 'on-record=org_halden.nobody', ...cookies]
    const answers = await Promise.all(asked.map(whoIs))
    const found = answers.map(({ status, body }) => (status === 200 ? body.who.id : status))
    const refused = elsewhere.map(() => 401)
    expect(found).toEqual([...people, ...refused, ...people, 401, ...people])
  })

  it('C68 that somebody is ending at this moment keeps nobody waiting', async () => {
    const cookies = await Promise.all(['usr_ada', 'usr_bruno'].map((person) => cookieOf(test.doors, person)))
    await asAdmin(`update session set seen_at = now() - interval '5 minutes'`)
    const found = await admin.begin(async (held) => {
      await held`select from session where member = 'usr_ada' for update`
      return Promise.all(cookies.map(whoIs))
    })
    expect(found.map(({ status }) => status)).toEqual([200, 200])
    expect(await admin`select member from session where seen_at > now() - interval '1 minute'`).toEqual([
      { member: 'usr_bruno' },
    ])
  })

  it('C68 is gone from the database when somebody signs out', async () => {
    const cookie = await cookieOf(test.doors, 'usr_grace')
    expect((await call(signOut, '/api/auth/signout', { cookie, body: {} })).status).toBe(204)
    expect((await whoIs(cookie)).status).toBe(401)
  })

  it('C68 has a cookie for this host and TLS alone, that no script reads', () => {
    const served = { origin: 'https://record.example', longest: 60 }
    expect(cookieName(served)).toBe('__Host-on-record')
    expect(setCookie('org_halden.token', served)).toBe(
      '__Host-on-record=org_halden.token; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60',
    )
  })

  it('C14 has the roles that its person has now, not those of the sign-in', async () => {
    const [farid, ada] = await Promise.all([
      cookieOf(test.doors, 'usr_farid'),
      cookieOf(test.doors, 'usr_ada'),
    ])
    const input = { member: 'usr_bruno', roles: ['analyst', 'approver'], reason: 'he stands in' }
    const change = (cookie: string) =>
      call(registry, '/api/v1/registry/change-roles', {
        cookie,
        body: input,
        params: { command: 'change-roles' },
      })
    expect((await change(ada)).status).toBe(403)
    await call(registry, '/api/v1/registry/change-roles', {
      cookie: farid,
      body: { member: 'usr_ada', roles: ['analyst', 'admin'], reason: 'for the test' },
      params: { command: 'change-roles' },
    })
    expect((await change(ada)).status).toBe(200)
    await call(registry, '/api/v1/registry/change-roles', {
      cookie: farid,
      body: { member: 'usr_ada', roles: ['analyst'], reason: 'over' },
      params: { command: 'change-roles' },
    })
    expect((await change(ada)).status).toBe(403)
  })

  it('C14 is of no use once its person was removed', async () => {
    const [farid, hugo] = await Promise.all([
      cookieOf(test.doors, 'usr_farid'),
      cookieOf(test.doors, 'usr_hugo'),
    ])
    expect((await call(approvals, '/api/v1/approvals', { cookie: hugo })).status).toBe(200)
    await call(registry, '/api/v1/registry/remove-member', {
      cookie: farid,
      body: { member: 'usr_hugo', reason: 'left' },
      params: { command: 'remove-member' },
    })
    expect((await call(approvals, '/api/v1/approvals', { cookie: hugo })).status).toBe(401)
    const back = await call(registry, '/api/v1/registry/restore-member', {
      cookie: farid,
      body: { member: 'usr_hugo', reason: 'back again' },
      params: { command: 'restore-member' },
    })
    expect(back.status, back.text).toBe(200)
    expect((await call(approvals, '/api/v1/approvals', { cookie: hugo })).status).toBe(401)
    const anew = await cookieOf(test.doors, 'usr_hugo')
    expect((await call(approvals, '/api/v1/approvals', { cookie: anew })).status).toBe(200)
  })

  it('C68 changes nothing for a request that comes from another site, or doesn’t say from where', async () => {
    const cookie = await cookieOf(test.doors, 'usr_ada')
    for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, '']) {
      const answer = await call(command, '/api/v1/cases/case_x/add-comment', {
        cookie,
        body: { text: 'hello' },
        headers: { origin },
        params: { id: 'case_x', command: 'add-comment' },
      })
      expect(answer.status).toBe(403)
    }
  })

  it('is never taken together with an access token', async () => {
    const cookie = await cookieOf(test.doors, 'usr_ada')
    const answer = await call(members, '/api/v1/members', {
      cookie,
      headers: { authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    })
    expect(answer.status).toBe(400)
  })
})

describe('signing in on one’s own machine', () => {
  const asAda = (headers: Record<string, string> = {}) =>
    call(signInLocally, '/api/auth/local', { body: { person: 'usr_ada' }, headers })

  it('makes a session for a person of the sample', async () => {
    const { status, headers } = await asAda()
    expect(status).toBe(204)
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await whoIs(cookie)).body).toMatchObject({ who: { id: 'usr_ada' }, acr: 'local' })
  })

  it('tells a visitor whom they may be', async () => {
    const { status, body } = await call(session, '/api/v1/session')
    expect(status).toBe(401)
    expect(body.people.map((each: { id: string }) => each.id)).toContain('usr_chiara')
  })

  it('is impossible through any name but a loopback one', async () => {
    for (const host of [
      'record.example',
      '192.168.1.7:3000',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '',
    ]) {
      expect((await asAda({ host })).status, host).toBe(404)
    }
    expect((await asAda({ 'x-forwarded-host': 'record.example' })).status).toBe(404)
  })

  it('is impossible for another site’s page', async () => {
    expect((await asAda({ origin: 'https://evil.example' })).status).toBe(403)
  })

  it('is impossible in server mode, on an open address, under another name, or with somebody’s database', () => {
    const here = { ...process.env, ON_RECORD_KEYS: process.env.ON_RECORD_KEYS ?? '' }
    const elsewhere = [
      { ON_RECORD_MODE: 'server' },
      { HOSTNAME: '0.0.0.0' },
      { HOSTNAME: undefined },
      { HOSTNAME: '::' },
      { ON_RECORD_URL: 'https://record.example' },
      { DATABASE_URL: 'postgres://owner@db/records' },
    ]
    expect(readSettings(here).localSignIn).toBe(true)
    for (const env of elsewhere) expect(readSettings({ ...here, ...env }).localSignIn).toBe(false)
  })

  it('is impossible for people who are not there, or not any more', async () => {
    const unknown = await call(signInLocally, '/api/auth/local', { body: { person: 'usr_nobody' } })
    expect(unknown.status).toBe(404)
  })
})

describe('the settings', () => {
  it('name what is missing, in a sentence', () => {
    for (const name of [
      'ON_RECORD_APP_DATABASE_URL',
      'AUTH_SECRET',
      'ON_RECORD_URL',
      'ON_RECORD_DATA',
      'ON_RECORD_MODE',
      'ON_RECORD_ORG',
      'ON_RECORD_KEYS',
    ]) {
      expect(() => readSettings({ ...process.env, [name]: '' })).toThrow(name)
    }
    expect(() => readSettings({ ...process.env, OIDC_ISSUER: 'https://login.example' })).toThrow(
      'OIDC_CLIENT_ID',
    )
    expect(settings().maxEvidence).toBe(100 * 1024 * 1024)
  })
})
