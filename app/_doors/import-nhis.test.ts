import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NhiRow } from '@/lib/act/view/nhi'
import { busyFor } from '@/lib/chat/busy.test-support'
import { GET as history } from '../api/v1/history/route'
import { POST as command } from '../api/v1/nhis/[id]/[command]/route'
import { POST as list } from '../api/v1/nhis/import/route'
import { GET as nhis, POST as register } from '../api/v1/nhis/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors

beforeAll(async () => {
  test = await openTestDoors()
})
afterAll(() => test?.close())

const COLUMNS = 'name,kind,system,account,environment,privilege,reach,criticality,domain,purpose'
const row = (number: number) =>
  `relay ${number},bot,db/orders,svc_relay_${number},production,read,orders,low,orders,Relays orders`

function send(cookie: string, csv: string, mode: 'preview' | 'apply') {
  const headers = { 'content-type': 'text/csv' }
  return call(list, `/api/v1/nhis/import?mode=${mode}`, { cookie, raw: csv, headers })
}

describe('an account of a system', () => {
  const profile = {
    kind: 'service-account',
    environment: 'production',
    privilege: 'read',
    reach: 'nothing much',
    criticality: 'low',
    domain: 'orders',
    purpose: 'Looks like another one.',
  }

  it('C02 is registered once: no insider makes an action on it need fewer approvals under a second name', async () => {
    const [ada, dev] = [await cookieOf(test.doors, 'usr_ada'), await cookieOf(test.doors, 'usr_dev')]
    const { rows } = (await call(nhis, '/api/v1/nhis', { cookie: ada })).body as { rows: NhiRow[] }
    const orders = rows.find(({ id }) => id === 'nhi_svc-orders')
    const { system, account } = orders ?? { system: '', account: '' }
    const second = { ...profile, name: 'harmless', system, account, owner: 'usr_dev' }
    const refused = await call(register, '/api/v1/nhis', { cookie: ada, body: second })
    expect([refused.status, refused.body.existing]).toEqual([409, 'nhi_svc-orders'])
    const other = { ...second, account: 'svc_harmless' }
    const made = await call(register, '/api/v1/nhis', { cookie: ada, body: other })
    expect(made.status, made.text).toBe(201)
    const id = made.body.stream
    const moved = await call(command, `/api/v1/nhis/${id}/describe-nhi`, {
      cookie: dev,
      body: { account },
      params: { id, command: 'describe-nhi' },
    })
    expect([moved.status, moved.body.existing]).toEqual([409, 'nhi_svc-orders'])
  })

  it('is registered once by ten who do it at the same moment', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    const one = { ...profile, name: 'wanted by all', system: 'db/orders', account: 'svc_wanted', owner: null }
    const all = await Promise.all(
      Array.from({ length: 10 }, () => call(register, '/api/v1/nhis', { cookie: farid, body: one })),
    )
    expect(all.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
  })
})

describe('a list of identities', () => {
  it('of a million columns is refused at once: nobody else waits for it', async () => {
    const hugo = await cookieOf(test.doors, 'usr_hugo')
    const wide = `name,system,account${',x'.repeat(1_000_000)}\n${'y,'.repeat(900_000)}`
    const busy = await busyFor(async () => {
      const answer = await send(hugo, wide, 'preview')
      expect([answer.status, answer.body.code]).toEqual([413, 'too_large'])
    })
    expect(busy).toBeLessThan(5_000)
  })

  it('says on which line it can’t be read', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    const answer = await send(farid, `${COLUMNS}\n${row(1)}\n"never ends`, 'preview')
    expect([answer.status, answer.body.sentence]).toEqual([400, expect.stringMatching(/^Line 3: /)])
  })

  it('C17 is refused when a column is there twice, and line by line when there is one that it doesn’t know', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    const twice = await send(farid, `${COLUMNS},name\n${row(1)},other`, 'preview')
    expect([twice.status, twice.body.sentence]).toEqual([400, 'The column "name" is there twice.'])
    const unknown = await send(farid, `${COLUMNS},org\n${row(1)},org_other`, 'preview')
    expect(unknown.body).toMatchObject({ create: 0, errors: 1 })
    expect(JSON.stringify(unknown.body.rows)).toContain('org')
  })

  it('counts its lines as an editor does', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    const answer = await send(farid, `${COLUMNS}\n"two\nlines"\n\n${row(1)}`, 'preview')
    expect(answer.body.rows.map((each: { line: number }) => each.line)).toEqual([2, 5])
  })

  it('C12 leaves one refusal on the record when its sender may register nothing, however many lines it has', async () => {
    const [hugo, farid] = [await cookieOf(test.doors, 'usr_hugo'), await cookieOf(test.doors, 'usr_farid')]
    const answer = await send(
      hugo,
      [COLUMNS, ...Array.from({ length: 30 }, (_, at) => row(at))].join('\n'),
      'apply',
    )
    expect(answer.body).toMatchObject({ create: 0, errors: 30 })
    const denied = await call(history, '/api/v1/history?type=policy.denied&actor=usr_hugo', { cookie: farid })
    expect(denied.body.rows).toHaveLength(1)
  })
})
