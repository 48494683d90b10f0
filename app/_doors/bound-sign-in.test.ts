import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emailOf, SAMPLE_ORG, samplePerson } from '@/db/seed/people'
import type { ActionView } from '@/lib/act/view/action'
import type { ActionEvent } from '@/lib/action/event'
import { GET as auth } from '../api/auth/[...nextauth]/route'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { POST as signInFor } from '../api/v1/cases/[id]/actions/[request]/sign-in/route'
import { GET as statementDoor } from '../api/v1/cases/[id]/actions/[request]/statement/route'
import { followTo, jar } from './browser.test-support'
import { call, cookieOf, ORIGIN } from './doors.test-support'
import { type ExecutorTest, openExecutorTest } from './executor.test-support'
import { CLIENT, type Login, openProvider } from './oidc-provider.test-support'

let provider: Awaited<ReturnType<typeof openProvider>>
let t: ExecutorTest
const ACR = 'urn:example:mfa'
const now = () => Math.floor(Date.now() / 1000)

beforeAll(async () => {
  provider = await openProvider(`${ORIGIN}/api/auth/callback/oidc`)
  t = await openExecutorTest({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_ACR_VALUES: ACR,
  })
  await t.signIn()
  for (const name of ['chiara', 'ada'])
    provider.claims.set(`sub-${name}`, { email: emailOf(samplePerson(`usr_${name}`)), email_verified: true })
})
afterAll(async () => {
  provider?.close()
  await t?.close()
})

/** A change that waits for Chiara, and the statement that she sees. */
async function waiting() {
  const id = await t.promoted()
  const request = await t.planned(id)
  const here = jar()
  here.keep(new Headers({ 'set-cookie': await cookieOf(t.doors, 'usr_chiara') }))
  const path = `/api/v1/cases/${id}/actions/${request}/statement`
  const shown = await call(statementDoor, path, { cookie: here.header(), params: { id, request } })
  expect(shown.body.provider).toBe(true)
  return { id, request, here, statement: String(shown.body.statement) }
}
type Waiting = Awaited<ReturnType<typeof waiting>>

/** She is sent to the provider, where this person signs in, and the browser comes back. */
async function there({ id, request, here, statement }: Waiting, login: Login) {
  const sent = await call(signInFor, `/api/v1/cases/${id}/actions/${request}/sign-in`, {
    cookie: here.header(),
    body: { statement, dwell_ms: 4_000 },
    params: { id, request },
  })
  expect(sent.status).toBe(200)
  here.keep(sent.headers)
  provider.next.login = login
  const location = new URL(sent.body.location)
  return { location, back: await followTo(ORIGIN, location.href, jar()) }
}

const comeBack = (back: URL, cookie: string) =>
  call(auth, `${back.pathname}${back.search}`, {
    cookie,
    params: { nextauth: ['callback', 'oidc'] as never },
  })
type Recorded = Extract<ActionEvent, { type: 'approval.recorded' }>['data']
type Approval = { type: string; data: Recorded }
const approvalsOf = async ({ id, request }: Waiting) =>
  ((await t.file(id)).timeline as Approval[]).filter(
    ({ type, data }) => type === 'approval.recorded' && data.request === request,
  )
const nonceOf = (statement: string) => createHash('sha256').update(statement).digest('base64url')

describe('an approval that the provider vouches for', () => {
  it('C07 C08 is given by signing in again for exactly this statement, and all that proves it is kept', async () => {
    const about = await waiting()
    const { location, back } = await there(about, { accountId: 'sub-chiara', acr: ACR })
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      max_age: '0',
      acr_values: ACR,
      nonce: nonceOf(about.statement),
    })
    const answer = await comeBack(back, about.here.header())
    expect(answer.headers.get('location')).toBe(`/approvals/${about.id}/${about.request}`)
    const [approval, ...others] = await approvalsOf(about)
    expect(others).toEqual([])
    expect(approval?.data).toMatchObject({
      ...{ approver: 'usr_chiara', decision: 'approve', method: 'oidc-nonce', dwell_ms: 4_000 },
      sign_in: { issuer: provider.issuer, subject: 'sub-chiara', client_id: CLIENT.id },
    })
    const kept = async (sha256: string) => {
      const found = await t.doors.content.read(SAMPLE_ORG, sha256)
      return found ? text(found.stream) : ''
    }
    const token = decodeJwt(await kept(approval?.data.assertion_sha256 ?? ''))
    expect(token).toMatchObject({ nonce: nonceOf(about.statement), sub: 'sub-chiara' })
    expect(JSON.parse(await kept(approval?.data.sign_in?.issuer_jwks ?? '')).keys).not.toEqual([])
    expect((await t.file(about.id)).actions[0].status).toBe('approved')
  })

  it('C08 is given by nothing less: not by a fresh session, over whatever address', async () => {
    const { id, request, statement } = await waiting()
    const sent = { request, statement, dwell_ms: 4_000 }
    const answer = await t.person('chiara', id, 'approve-action', sent)
    expect(answer).toMatchObject({ status: 401, body: { code: 'assurance_required' } })
    const stale = await call(command, `/api/v1/cases/${id}/approve-action`, {
      cookie: await cookieOf(t.doors, 'usr_chiara', { ageSeconds: 3_600 }),
      body: sent,
      params: { id, command: 'approve-action' },
    })
    // A fresh session wouldn't do either: nobody is sent for one first.
    expect([stale.status, stale.body.sentence, stale.body.remedy]).toEqual([
      401,
      answer.body.sentence,
      answer.body.remedy,
    ])
    expect(stale.body.rules).toEqual(['assurance.fresh-sign-in'])
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_user_authentication')
    const { actions } = await t.file(id, 'chiara')
    const action = (actions as ActionView[]).find((each) => each.request === request)
    expect(action).toMatchObject({ status: 'awaiting-approval', quorum: { assurance: 'vouched' } })
    const offer = action?.offers.find(({ command }) => command === 'approveAction')
    expect(offer?.reason).toBe(`${answer.body.sentence} ${answer.body.remedy}`)
  })

  it.each<[string, Login]>([
    ['C02 C15 somebody else signs in', { accountId: 'sub-ada', acr: ACR }],
    ['C08 the provider has kept an old sign-in', { accountId: 'sub-chiara', acr: ACR, ts: now() - 3_600 }],
    [
      'C08 the provider answers with a weaker sign-in than was asked for',
      { accountId: 'sub-chiara', acr: 'pwd' },
    ],
    ['C69 the provider names a stranger', { accountId: 'sub-stranger', acr: ACR }],
  ])('is not given where %s', async (_, login) => {
    const about = await waiting()
    const { back } = await there(about, login)
    const answer = await comeBack(back, about.here.header())
    expect(answer.headers.get('location')).toBe(`/approvals/${about.id}/${about.request}?not=failed`)
    expect(await approvalsOf(about)).toEqual([])
  })

  it('C09 is not given twice for one sign-in', async () => {
    const about = await waiting()
    const { back } = await there(about, { accountId: 'sub-chiara', acr: ACR })
    await comeBack(back, about.here.header())
    await comeBack(back, about.here.header())
    expect(await approvalsOf(about)).toHaveLength(1)
  })

  it('C05 is not given when the action was amended meanwhile, and the page says so', async () => {
    const about = await waiting()
    const { back } = await there(about, { accountId: 'sub-chiara', acr: ACR })
    const amended = await t.person('bruno', about.id, 'withdraw-action', {
      request: about.request,
      reason: 'Another way was found.',
    })
    expect(amended.status).toBe(200)
    const answer = await comeBack(back, about.here.header())
    expect(answer.headers.get('location')).toBe(`/approvals/${about.id}/${about.request}?not=stale`)
    expect(await approvalsOf(about)).toEqual([])
  })

  it('C09 is not given by a browser that was not sent, or whose cookie was changed', async () => {
    const about = await waiting()
    const { back } = await there(about, { accountId: 'sub-chiara', acr: ACR })
    const cookie = about.here.get('on-record-approving') ?? ''
    about.here.keep(new Headers({ 'set-cookie': 'on-record-approving=; Max-Age=0' }))
    for (const other of ['', `${cookie.slice(0, -2)}xx`, `e30.${cookie.split('.')[1]}`])
      await comeBack(back, `${about.here.header()}; on-record-approving=${other}`)
    expect(await approvalsOf(about)).toEqual([])
  })
})
