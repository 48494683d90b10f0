import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { GET as caseFile } from '../api/v1/cases/[id]/route'
import { GET as preview } from '../api/v1/erasure/preview/route'
import { GET as desk } from '../api/v1/erasure/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let id: string
const [ada, chiara, farid, hugo] = ['usr_ada', 'usr_chiara', 'usr_farid', 'usr_hugo']

beforeAll(async () => {
  test = await openTestDoors()
  const body = {
    text: 'A customer complains',
    author: 'Hugo',
    title: 'A complaint',
    category: 'other',
    severity: 'low',
  }
  const made = await call(promote, '/api/v1/promotions', { cookie: await cookieOf(test.doors, hugo), body })
  expect(made.status, made.text).toBeLessThan(300)
  id = made.body.case
})
afterAll(() => test.close())

async function act(who: string, slug: string, body: object) {
  const cookie = await cookieOf(test.doors, who)
  return call(command, `/api/v1/cases/${id}/${slug}`, { cookie, body, params: { id, command: slug } })
}

async function file(who: string) {
  const cookie = await cookieOf(test.doors, who)
  return (await call(caseFile, `/api/v1/cases/${id}`, { cookie, params: { id } })).body
}

async function ask(route: typeof desk, who: string, query = '') {
  return call(route, `/api/v1/erasure${query}`, { cookie: await cookieOf(test.doors, who) })
}

describe('what is erased and held, at the doors', () => {
  it('C36 shows what waits to whoever may decide on it, with the reason why others may not', async () => {
    const asked = await act(ada, 'request-erasure', { seqs: [0], reason: 'She asked us to.' })
    expect(asked.status, asked.text).toBe(200)
    const open = async (who: string) =>
      (await file(who)).erasures[0].offers.find(
        (each: { command: string }) => each.command === 'agreeErasure',
      )
    expect(await open(chiara)).toMatchObject({ open: true })
    expect(await open(ada)).toMatchObject({ open: false, code: 'separation_of_duties' })
    const { body } = await ask(desk, chiara)
    expect(body.cases).toMatchObject([
      { id, erasures: [{ seqs: [0], reason: 'She asked us to.' }], holds: [] },
    ])
  })

  it('C36 a hold refuses it with 409, and stands on the case and in the list', async () => {
    expect((await act(farid, 'place-hold', { reason: 'The court.' })).status).toBe(200)
    const { erasures, holds } = await file(chiara)
    const refused = await act(chiara, 'agree-erasure', { erasure: erasures[0].erasure })
    expect([refused.status, refused.body.code]).toEqual([409, 'held'])
    expect(holds).toMatchObject([{ scope: 'case', reason: 'The court.', placed_by: { id: farid } }])
    expect((await ask(desk, farid)).body.cases).toMatchObject([{ id, holds: [{ reason: 'The court.' }] }])
  })

  it('C36 a rule is previewed with numbers, and terms that make no sense are refused', async () => {
    const { status, body } = await ask(preview, farid, '/preview?days=30&what=messages,comments')
    expect([status, body]).toEqual([200, { cases: 0, messages: 0, comments: 0, evidence: 0, held: 0 }])
    expect((await ask(preview, farid, '/preview?days=0&what=messages')).status).toBe(400)
    expect((await ask(preview, farid, '/preview?days=30&what=everything')).status).toBe(400)
  })

  it('C11 nothing of it is for reporters', async () => {
    for (const route of [desk, preview]) expect((await ask(route, hugo)).status).toBe(403)
    expect((await act(hugo, 'request-erasure', { seqs: [0], reason: 'x' })).status).toBe(403)
  })
})
