import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connect } from '@/db/client'
import { tablesWith } from '@/db/erasure/erasure.test-support'
import { KINDS } from '@/lib/act/kinds'
import { POST as exports } from '../api/v1/exports/route'
import { POST as list } from '../api/v1/nhis/import/route'
import { POST as nhis } from '../api/v1/nhis/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'
import { PROSE, withoutSecrets } from './masked'

const LEAKED = 'postgres://svc_orders:tr0ub4dor-and-three@db.halden.example:5432/orders'
const doors = { fingerprintKey: '0'.repeat(64) }

type Field = {
  readonly type?: string
  readonly maxLength?: number
  readonly pattern?: string
  readonly anyOf?: Field[]
}
/** Long enough for a sentence, of any characters: somebody will paste a password into it one day. */
const takesProse = ({ type, maxLength = 0, pattern, anyOf = [] }: Field): boolean =>
  (type === 'string' && maxLength >= 200 && !pattern) || anyOf.some(takesProse)

/** Not for people to write in: the bytes that were signed, an address, who somebody is. */
const NOT_PROSE = [
  'statement',
  'url',
  'tsa',
  'vkey',
  'email',
  'name',
  'source',
  'tool',
  'media_type',
  'team',
  'team_name',
  'account',
  'connector',
]

const proseOf = (input: z.ZodType): string[] => {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input' }) as { properties?: Record<string, Field> }
  return Object.keys(properties).filter((name) => takesProse(properties[name] ?? {}))
}

describe('what people type', () => {
  const commands = Object.values(KINDS).flatMap((kind) => Object.entries(kind.commands))

  it.each(commands.filter(([, { doors: who }]) => who === 'desk'))(
    'C58 is masked in every field of %s',
    (_, { input }) => {
      expect(proseOf(input).filter((name) => !PROSE.includes(name) && !NOT_PROSE.includes(name))).toEqual([])
    },
  )

  it.each(PROSE)('C58 holds no secret once it is through the door: %s', async (field) => {
    const typed = { [field]: `It still works: ${LEAKED}`, request: 'req_1', [`${field}s`]: [1] }
    const passed = (await withoutSecrets(doors as never, typed)) as Record<string, unknown>
    expect(JSON.stringify(passed)).not.toContain('tr0ub4dor')
    expect(passed).toMatchObject({ request: 'req_1', [`${field}s`]: [1] })
  })

  it('is passed on as it came where it can’t be read: the command refuses it', async () => {
    for (const odd of [null, 'text', 7, ['text'], { text: 7 }, { text: '\ud800' }])
      expect(await withoutSecrets(doors as never, odd)).toEqual(odd)
  })
})

describe('what people type about an identity, and about an export', () => {
  const SECRET = 'tr0ub4dor-and-three'
  const purpose = `Reads orders with ${LEAKED}`
  let test: TestDoors

  beforeAll(async () => {
    test = await openTestDoors()
  })
  afterAll(() => test?.close())

  it('C58 is masked before anything is stored: typed, in a list, and as the reason for an export', async () => {
    const farid = await cookieOf(test.doors, 'usr_farid')
    const esther = await cookieOf(test.doors, 'usr_esther')
    const profile = {
      kind: 'service-account',
      system: 'db/orders',
      environment: 'production',
      privilege: 'read',
    }
    const identity = {
      ...profile,
      reach: purpose,
      criticality: 'low',
      domain: 'orders',
      owner: null,
      purpose,
    }
    const body = { ...identity, name: 'svc-relay', account: 'svc_relay' }
    const typed = await call(nhis, '/api/v1/nhis', { cookie: farid, body })
    expect(typed.status, typed.text).toBe(201)
    const columns = Object.entries({ ...identity, name: 'svc-tide', account: 'svc_tide', owner: '' })
    const csv = [columns.map(([name]) => name), columns.map(([, value]) => value)]
      .map((line) => line.join(','))
      .join('\n')
    const sent = { cookie: farid, raw: csv, headers: { 'content-type': 'text/csv' } }
    const imported = await call(list, '/api/v1/nhis/import?mode=apply', sent)
    expect(imported.body, imported.text).toMatchObject({ create: 1, errors: 0 })
    const asked = await call(exports, '/api/v1/exports', {
      cookie: esther,
      body: { scope: 'everything', purpose },
    })
    expect(asked.status, asked.text).toBe(202)
    const admin = connect(test.adminUrl, 1, 'test')
    expect(await tablesWith(admin, 'Reads orders with')).toContain('public.event')
    expect(await tablesWith(admin, SECRET)).toEqual([])
    await admin.end()
  })
})
