import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rebuild } from '@/db/rebuild'
import { emailOf, SAMPLE_ORG, samplePerson } from '@/db/seed/people'
import { within } from '@/db/within'
import { GET as auth } from '../api/auth/[...nextauth]/route'
import { POST as signOut } from '../api/auth/signout/route'
import { GET as session } from '../api/v1/session/route'
import { followTo, type Jar, jar } from './browser.test-support'
import { call, ORIGIN, openTestDoors, type TestDoors } from './doors.test-support'
import { CLIENT, openProvider } from './oidc-provider.test-support'
import { authenticationOf, ownPath } from './sign-in'

let provider: Awaited<ReturnType<typeof openProvider>>
let test: TestDoors
const now = () => Math.floor(Date.now() / 1000)

beforeAll(async () => {
  provider = await openProvider(`${ORIGIN}/api/auth/callback/oidc`)
  test = await openTestDoors({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
  })
  provider.claims.set('sub-ada', { email: addressOf('usr_ada').toUpperCase(), email_verified: true })
  provider.claims.set('sub-other', { email: addressOf('usr_ada'), email_verified: true })
  provider.claims.set('sub-bruno', { email: addressOf('usr_bruno'), email_verified: false })
  provider.claims.set('sub-stranger', { email: 'stranger@elsewhere.example', email_verified: true })
})
afterAll(async () => {
  provider?.close()
  await test?.close()
})
beforeEach(() => {
  provider.seen.length = 0
})

const addressOf = (id: string) => emailOf(samplePerson(id))
const route = (path: string, cookies: Jar) =>
  call(auth, path, {
    cookie: cookies.header(),
    params: { nextauth: new URL(path, ORIGIN).pathname.split('/').slice(3) as never },
  })

async function start(here: Jar, query = ''): Promise<string> {
  const begun = await route(`/api/auth/signin/oidc${query}`, here)
  expect(begun.status).toBe(303)
  here.keep(begun.headers)
  return begun.headers.get('location') ?? ''
}

type Visit = { query?: string; acr?: string; amr?: string[]; ts?: number; here?: Jar }
async function signIn(accountId: string, { query = '', here = jar(), ...how }: Visit = {}) {
  provider.next.login = { accountId, ...how }
  const back = await followTo(ORIGIN, await start(here, query), jar())
  const finished = await route(`${back.pathname}${back.search}`, here)
  here.keep(finished.headers)
  return { here, back, cookies: finished.headers.getSetCookie(), location: finished.headers.get('location') }
}

/** Whose account the record says it is, by subject; each as often as it says so. */
async function tied(subject: string): Promise<{ by: string; member: string; issuer: string }[]> {
  const rows = await within(
    test.doors.sql,
    SAMPLE_ORG,
    (tx) => tx<{ body: Buffer }[]>`select body from event where type = 'member.identified' order by seq`,
  )
  return rows
    .map(({ body }) => JSON.parse(body.toString()))
    .filter(({ data }) => data.subject === subject)
    .map(({ actor, data: { member, issuer } }) => ({ by: actor.id, member, issuer }))
}

const whoIs = (here: Jar) => call(session, '/api/v1/session', { cookie: here.header() })

describe('signing in with an OpenID provider', () => {
  it('asks for a code with PKCE, state, nonce and an age', async () => {
    const { searchParams } = new URL(await start(jar()))
    expect(searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge', 'max_age'])
      expect(searchParams.get(name), name).toBeTruthy()
  })

  it('binds an invited member by a verified address, and comes back to where they were', async () => {
    const { here, location } = await signIn('sub-ada', { query: '?back=/cases/case_1%3Ftab%3Devidence' })
    expect(location).toBe('/cases/case_1?tab=evidence')
    expect((await whoIs(here)).body).toMatchObject({ who: { id: 'usr_ada' }, org: { id: 'org_halden' } })
  })

  it('C08 takes the time of the sign-in from the provider, not from when the browser came back', async () => {
    const { here } = await signIn('sub-ada', { ts: now() - 5_000 })
    const { auth_time } = (await whoIs(here)).body
    expect(Math.abs(Date.parse(auth_time) / 1000 - (now() - 5_000))).toBeLessThan(5)
  })

  it('C08 asks for a sign-in now when it must be fresh', async () => {
    const { searchParams } = new URL(await start(jar(), '?fresh=1'))
    expect(searchParams.get('max_age')).toBe('0')
    expect(searchParams.get('prompt')).toBe('login')
  })

  it('C08 counts a sign-in of unknown time as old, whatever else is claimed', () => {
    for (const auth_time of [undefined, 'yesterday', -1, 1.5, null])
      expect(authenticationOf({ auth_time }).auth_time).toBe(0)
    expect(authenticationOf({ auth_time: now() + 100_000 }).auth_time).toBeLessThanOrEqual(now())
    expect(authenticationOf({ acr: 7, amr: 'pwd' })).toMatchObject({ acr: 'unspecified', amr: [] })
  })

  it('C68 keeps only the digest of the session, replaces an older one, and ends it on signing out', async () => {
    const first = await signIn('sub-ada')
    const token = first.here.get('on-record') ?? ''
    const old = first.here.header()
    const rows = await test.doors.sql.begin(
      async (tx) =>
        [
          await tx`select set_config('app.org', 'org_halden', true)`,
          await tx`select token from session`,
        ][1] ?? [],
    )
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1])
    expect(first.cookies.find((each) => each.startsWith('on-record='))).toMatch(/HttpOnly; SameSite=Lax/)
    await signIn('sub-ada', { here: first.here })
    expect((await call(session, '/api/v1/session', { cookie: old })).status).toBe(401)
    const out = await call(signOut, '/api/auth/signout', { cookie: first.here.header(), body: {} })
    expect(out.status).toBe(204)
    expect((await whoIs(first.here)).status).toBe(401)
  })

  it('keeps no session of next-auth’s own', async () => {
    const { here } = await signIn('sub-ada')
    expect(here.names().filter((name) => name.includes('session-token'))).toEqual([])
  })

  it('C69 puts on record whose account it is when it first lets somebody in, and only then', async () => {
    await signIn('sub-ada')
    await signIn('sub-ada')
    const said = { by: 'sys_sign_in', member: 'usr_ada', issuer: provider.issuer }
    expect(await tied('sub-ada')).toEqual([said])
    expect((await rebuild(test.doors.sql, { org: SAMPLE_ORG, repair: false })).differences).toEqual([])
  })

  it('C69 puts on record whose an account is that was tied before the record said so', async () => {
    await within(
      test.doors.sql,
      SAMPLE_ORG,
      (tx) => tx`insert into account values (${SAMPLE_ORG}, ${provider.issuer}, 'sub-of-old', 'usr_grace')`,
    )
    const { here } = await signIn('sub-of-old')
    expect((await whoIs(here)).body).toMatchObject({ who: { id: 'usr_grace' } })
    expect(await tied('sub-of-old')).toMatchObject([{ member: 'usr_grace' }])
  })

  it('C69 knows people by issuer and subject: another account with the same address is refused', async () => {
    const { here, location } = await signIn('sub-other')
    expect(location).toBe('/api/auth/refused?why=taken')
    expect((await whoIs(here)).status).toBe(401)
    const page = await route('/api/auth/refused?why=taken', here)
    expect(page.status).toBe(403)
    expect(page.text).toContain('another account')
  })

  it('refuses an address that the provider has not verified, and people nobody invited', async () => {
    expect((await signIn('sub-bruno')).location).toBe('/api/auth/refused?why=unverified')
    expect((await signIn('sub-stranger')).location).toBe('/api/auth/refused?why=unknown')
  })

  it('refuses an answer to a sign-in that this browser did not start', async () => {
    provider.next.login = { accountId: 'sub-ada' }
    const back = await followTo(ORIGIN, await start(jar()), jar())
    const elsewhere = await route(`${back.pathname}${back.search}`, jar())
    expect(elsewhere.headers.get('location')).toBe('/api/auth/refused?why=failed')
    expect(elsewhere.headers.getSetCookie().some((each) => each.startsWith('on-record='))).toBe(false)
  })

  it('never sends anybody to another site afterwards', () => {
    for (const back of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
      null,
      '/ /x',
      '/\tevil',
    ])
      expect(ownPath(back)).toBe('/inbox')
    expect(ownPath('/cases/case_1?x=1#y')).toBe('/cases/case_1?x=1#y')
  })
})
