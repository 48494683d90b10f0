import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, cookieOf, openTestDoors, type TestDoors } from '@/app/_doors/doors.test-support'
import { POST as remove } from './[id]/remove/route'
import { POST as change, GET as one } from './[id]/route'
import { GET as list, POST as save } from './route'

const BASE = '/api/v1/history/views'
let test: TestDoors
let esther: string
let farid: string
let id: string

beforeAll(async () => {
  test = await openTestDoors()
  esther = await cookieOf(test.doors, 'usr_esther')
  farid = await cookieOf(test.doors, 'usr_farid')
  const body = { name: ' Refused this year ', query: 'outcome=refused&from=2026-01-01&page=9' }
  const made = await call(save, BASE, { cookie: esther, body })
  expect(made.status, made.text).toBe(201)
  id = made.body.id
})
afterAll(() => test?.close())

const at = (more = '') => [`${BASE}/${id}${more}`, { params: { id } }] as const
const kept = async (cookie: string) =>
  (await call(list, BASE, { cookie })).body.views.map(({ name, query }: { name: string; query: string }) => ({
    name,
    query,
  }))

describe('a saved view', () => {
  it('keeps the filters that there are under a name, for its owner', async () => {
    expect(await kept(esther)).toEqual([
      { name: 'Refused this year', query: 'outcome=refused&from=2026-01-01' },
    ])
    expect(await kept(farid)).toEqual([])
  })

  it('opens by its address for whoever may read the history, and nobody else', async () => {
    const [path, options] = at()
    const seen = await call(one, path, { ...options, cookie: farid })
    expect(seen.body).toMatchObject({ name: 'Refused this year', mine: false, by: 'Esther Nowak' })
    const hugo = await cookieOf(test.doors, 'usr_hugo')
    expect((await call(one, path, { ...options, cookie: hugo })).status).toBe(403)
  })

  it('is renamed, changed and deleted by its owner alone', async () => {
    const [path, options] = at()
    const theirs = await call(change, path, { ...options, cookie: farid, body: { name: 'Mine now' } })
    expect(theirs.status).toBe(404)
    const [gone, away] = at('/remove')
    expect((await call(remove, gone, { ...away, cookie: farid, body: {} })).status).toBe(404)
    await call(change, path, { ...options, cookie: esther, body: { name: 'Attempts' } })
    await call(change, path, { ...options, cookie: esther, body: { query: 'outcome=refused' } })
    expect(await kept(esther)).toEqual([{ name: 'Attempts', query: 'outcome=refused' }])
    expect((await call(remove, gone, { ...away, cookie: esther, body: {} })).status).toBe(200)
    expect(await kept(esther)).toEqual([])
  })

  it('needs a name, and one person keeps no more than a hundred', async () => {
    const nameless = await call(save, BASE, { cookie: esther, body: { name: '  ', query: '' } })
    expect(nameless.status).toBe(400)
    await test.doors.sql.begin(async (tx) => {
      await tx`select set_config('app.org', 'org_halden', true)`
      await tx`insert into saved_view select 'org_halden', 'view_' || n, 'usr_esther', 'n' || n, '', now() from generate_series(1, 100) n`
    })
    const over = await call(save, BASE, { cookie: esther, body: { name: 'one more', query: '' } })
    expect(over.status).toBe(413)
    expect(over.body.code).toBe('too_large')
  })
})
