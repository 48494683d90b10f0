import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyFor } from '@/lib/chat/busy.test-support'
import { GET as history } from '../api/v1/history/route'
import { POST as list } from '../api/v1/nhis/import/route'
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
