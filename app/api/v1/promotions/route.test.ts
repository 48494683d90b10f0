import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, cookieOf, LEAKED, openTestDoors, type TestDoors } from '@/app/_doors/doors.test-support'
import { GET as readCase } from '../cases/[id]/route'
import { GET as listCases } from '../cases/route'
import { POST as promote } from './route'

let test: TestDoors
let ada: string

beforeAll(async () => {
  test = await openTestDoors()
  ada = await cookieOf(test.doors, 'usr_ada')
})
afterAll(() => test?.close())

describe('promoting a pasted message', () => {
  it('C58 masks the secret, seals it to the executor, and finds its identity and owner', async () => {
    const text = `here you go: postgres://svc_orders:${encodeURIComponent(LEAKED)}@db.example:5432/orders`
    const made = await call(promote, '/api/v1/promotions', {
      cookie: ada,
      body: { text, author: 'Hugo Brandt' },
    })
    expect(made.status).toBe(201)
    expect(made.text).not.toContain(LEAKED)
    const file = await call(readCase, `/api/v1/cases/${made.body.case}`, {
      cookie: ada,
      params: { id: made.body.case },
    })
    expect(file.status).toBe(200)
    expect(file.text).not.toContain(LEAKED)
    expect(file.text).not.toContain(encodeURIComponent(LEAKED))
    expect(file.body).toMatchObject({
      number: made.body.number,
      category: 'leaked-secret',
      linked: [{ id: 'nhi_svc-orders' }],
    })
    expect(file.body.evidence).toMatchObject([{ kind: 'sealed-secret', downloadable: false }])
  })

  it('shows up in the list', async () => {
    const page = await call(listCases, '/api/v1/cases?view=open', { cookie: ada })
    expect(page.status).toBe(200)
    expect(page.body.rows.length).toBeGreaterThan(0)
  })
})
