import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outstandingWarrants } from '@/db/machines'
import { makeProof } from '@/lib/action/proof'
import { ruleTasks } from '@/scripts/worker/rule-tasks'
import { POST as caseCommand } from '../api/v1/cases/[id]/[command]/route'
import { POST as redeem } from '../api/v1/executor/redeem/route'
import { GET as work } from '../api/v1/executor/work/route'
import { GET as readNhi } from '../api/v1/nhis/[id]/route'
import { POST as register } from '../api/v1/nhis/route'
import { GET as settings } from '../api/v1/settings/route'
import { assertionOf, call, type Keys, machineHeaders, newKey, ORIGIN } from './doors.test-support'
import { EXECUTOR, type ExecutorTest, openExecutorTest } from './executor.test-support'
import { settled } from './later'

let t: ExecutorTest
let id: string

beforeAll(async () => {
  t = await openExecutorTest()
  await t.signIn()
  id = await t.promoted()
})
afterAll(async () => {
  await t?.close()
})

/** Events of every stream, as they are kept. */
async function events(): Promise<{ type: string; stream: string; actor: { id: string; kind: string } }[]> {
  return t.doors.sql.begin(async (tx) => {
    await tx`select set_config('app.org', 'org_halden', true)`
    return tx`
      select type, stream, convert_from(body, 'UTF8')::jsonb -> 'actor' as actor from event where org = 'org_halden' order by at`
  }) as never
}

const inventory = async (nhi: string) =>
  (await call(readNhi, `/api/v1/nhis/${nhi}`, { cookie: t.as('farid'), params: { id: nhi } })).body

describe('C62 an agent’s call', () => {
  const AGENT = { name: 'triage agent', system: 'agents', account: 'triage', owner: 'usr_ada' }
  let agent: string
  let key: Keys['sig']
  let token: string
  const path = () => `/api/v1/cases/${id}/add-comment`
  const body = { text: 'The account is used by the order service alone.' }
  const say = (headers: Record<string, string>, sent: object = body, to = path()) =>
    call(caseCommand, to, { headers, body: sent, params: { id, command: 'add-comment' } })
  const comments = async () =>
    (await t.file(id)).timeline.filter((entry: { type: string }) => entry.type === 'comment.added')

  beforeAll(async () => {
    const profile = {
      ...{
        kind: 'ai-agent',
        environment: 'production',
        privilege: 'read',
        reach: 'cases',
        criticality: 'low',
      },
      ...{ domain: 'security', purpose: 'sums up findings' },
    }
    const made = await call(register, '/api/v1/nhis', {
      cookie: t.as('farid'),
      body: { ...AGENT, ...profile },
      headers: { 'idempotency-key': randomUUID() },
    })
    agent = made.body.stream
    key = newKey()
    const { x = '', y = '' } = key
    const jwk = { kty: 'EC', crv: 'P-256', x, y }
    expect((await t.nhi('farid', agent, 'enroll-key', { jwk, use: 'sig' })).status).toBe(200)
    token = (await t.askToken(await assertionOf(agent, key))).body.access_token
  })

  it('C62 with a proof of possession is taken once: the same request sent again is refused', async () => {
    const headers = await machineHeaders(token, key, 'POST', path())
    expect((await say(headers)).status).toBe(200)
    expect((await say(headers)).status, 'replayed').toBe(401)
    expect(await comments()).toHaveLength(1)
  })

  it('C62 is refused without its proof, and with one that was made by another key or for another call', async () => {
    const other = newKey()
    const foreign = async (change: Parameters<typeof makeProof>[0]) => ({
      authorization: `Bearer ${token}`,
      dpop: await makeProof(change, key),
    })
    const proof = { method: 'POST', url: `${ORIGIN}${path()}`, accessToken: token, now: Date.now() }
    const refused: Record<string, Record<string, string>> = {
      'without a proof': { authorization: `Bearer ${token}` },
      'with another key': await machineHeaders(token, other, 'POST', path()),
      'for another address': await machineHeaders(token, key, 'POST', '/api/v1/cases/case_other/add-comment'),
      'for another method': await machineHeaders(token, key, 'GET', path()),
      'for another token': await foreign({ ...proof, jti: randomUUID(), accessToken: `${token}x` }),
      'from an hour ago': await foreign({ ...proof, jti: randomUUID(), now: Date.now() - 3_600_000 }),
      'altered on the way': await machineHeaders(token, key, 'POST', path()).then((headers) => ({
        ...headers,
        dpop: `${(headers.dpop ?? '').slice(0, -4)}AAAA`,
      })),
      'with an altered token': await machineHeaders(`${token.slice(0, -4)}AAAA`, key, 'POST', path()),
    }
    const before = (await comments()).length
    for (const [how, headers] of Object.entries(refused)) expect((await say(headers)).status, how).toBe(401)
    expect(await comments()).toHaveLength(before)
  })

  it('C62 in another’s name proves nothing: a key that was never enrolled gets no token', async () => {
    const stranger = { ...newKey(), kid: key.kid }
    expect((await t.askToken(await assertionOf(agent, stranger))).status).toBe(401)
  })
})

describe('C48 the inventory', () => {
  it('C48 holds every machine on the record, with its kind, owner, environment and last use', async () => {
    await t.machine(work, '/api/v1/executor/work')
    await settled()
    const machines = new Set(
      (await events()).filter(({ actor }) => actor.kind === 'nhi').map(({ actor }) => actor.id),
    )
    machines.add(EXECUTOR)
    expect(machines.size).toBeGreaterThanOrEqual(2)
    for (const machine of machines) {
      const found = await inventory(machine)
      expect(found, machine).toMatchObject({
        kind: expect.stringMatching(/./),
        environment: expect.stringMatching(/./),
        owner: { id: expect.stringMatching(/^usr_/) },
      })
    }
    const today = new Date().toISOString().slice(0, 10)
    expect((await inventory(EXECUTOR)).last_used_on).toBe(today)
    const used = (await events()).filter(({ type, stream }) => type === 'nhi.used' && stream === EXECUTOR)
    expect(used, 'once a day, however often it comes').toHaveLength(1)
  })

  it('C48 says when an executor last came, beside its connector, and what one may do about it', async () => {
    const { body } = await call(settings, '/api/v1/settings', { cookie: t.as('farid') })
    const [connector] = body.connectors
    expect(Date.now() - Date.parse(connector.last_seen_at)).toBeLessThan(60_000)
    const open = Object.fromEntries(
      body.offers.map((offer: { command: string; open: boolean }) => [offer.command, offer.open]),
    )
    expect(open).toMatchObject({ addMember: true, registerConnector: true, removeMember: true })
    const auditor = await call(settings, '/api/v1/settings', { cookie: t.as('esther') })
    expect(auditor.body.offers.every((offer: { open: boolean }) => !offer.open)).toBe(true)
  })

  it('offers what an identity’s owner may do with its keys and credentials, and nobody else', async () => {
    const may = async (name: Parameters<ExecutorTest['as']>[0]) => {
      const path = `/api/v1/nhis/${EXECUTOR}`
      const { offers } = (await call(readNhi, path, { cookie: t.as(name), params: { id: EXECUTOR } })).body
      return Object.fromEntries(
        offers.map((offer: { command: string; open: boolean }) => [offer.command, offer.open]),
      )
    }
    expect(await may('ivo')).toMatchObject({ revokeKey: true, retireCredential: true, enrollKey: false })
    expect(await may('farid')).toMatchObject({ revokeKey: true, enrollKey: true })
    expect(await may('hugo')).toMatchObject({ revokeKey: false, enrollKey: false, retireCredential: false })
  })
})

describe('C64 one click', () => {
  it('C64 stops an executor that holds a warrant: it is refused, and revoked for good', async () => {
    const { request, warrant, jti } = await t.warranted(id)
    const started = Date.now()
    expect((await t.nhi('ada', EXECUTOR, 'disable-nhi', { reason: 'it behaves oddly' })).status).toBe(200)
    const refused = await t.machine(redeem, '/api/v1/executor/redeem', { warrant })
    expect(refused.status).toBe(401)
    expect((await t.machine(work, '/api/v1/executor/work')).status).toBe(401)
    expect(Date.now() - started, 'milliseconds').toBeLessThan(5_000)
    expect((await events()).filter(({ type }) => type === 'nhi.disabled')).toMatchObject([
      { stream: EXECUTOR, actor: { id: 'usr_ada' } },
    ])

    await stopWork()
    expect(Date.now() - started, 'milliseconds').toBeLessThan(5_000)
    expect(await outstandingWarrants(t.doors.sql, 'org_halden', EXECUTOR)).toEqual([])
    const { timeline, actions } = await t.file(id)
    expect(timeline.find((entry: { type: string }) => entry.type === 'warrant.revoked')).toMatchObject({
      data: { request, jti },
      who: { id: 'sys_worker' },
    })
    expect(actions[0]).toMatchObject({ status: 'approved', warrant: null })

    await t.nhi('farid', EXECUTOR, 'enable-nhi', { reason: 'it was a drill' })
    const again = await t.machine(redeem, '/api/v1/executor/redeem', { warrant })
    expect(again.status).toBe(409)
    expect(again.body.sentence).toContain('redeemed, revoked or replaced')
  })
})

/** What the worker does about it, at once: the job that the event left in the queue. */
async function stopWork(): Promise<void> {
  const { doors } = t
  const jobs =
    await doors.sql`select 1 from graphile_worker.jobs where task_identifier = 'stop-executor'`.catch(
      () => null,
    )
  expect(jobs === null || jobs.length === 1).toBe(true)
  const tasks = ruleTasks({ deps: doors, log: pino({ level: 'silent' }) } as never)
  await tasks['stop-executor']?.({ org: 'org_halden', nhi: EXECUTOR }, {} as never)
}
