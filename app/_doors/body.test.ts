import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as command } from '../api/v1/cases/[id]/[command]/route'
import { GET as cases } from '../api/v1/cases/route'
import { GET as history } from '../api/v1/history/route'
import { POST as promote } from '../api/v1/promotions/route'
import { GET as search } from '../api/v1/search/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'

let test: TestDoors
let ada: string
let id: string

beforeAll(async () => {
  test = await openTestDoors()
  ada = await cookieOf(test.doors, 'usr_ada')
  id = (
    await call(promote, '/api/v1/promotions', { cookie: ada, body: { text: 'a finding', severity: 'low' } })
  ).body.case
})
afterAll(() => test?.close())

const json = { 'content-type': 'application/json' }
const send = (raw: BodyInit, headers: Record<string, string> = json, slug = 'add-comment') =>
  call(command, `/api/v1/cases/${id}/${slug}`, { cookie: ada, raw, headers, params: { id, command: slug } })

const BAD: readonly [string, BodyInit, number, string?][] = [
  ['nothing', '', 400],
  ['no JSON', 'text=hello', 400],
  ['JSON with something after it', '{"text":"a"} x', 400],
  ['a duplicate key', '{"text":"a","text":"b"}', 400, 'twice|duplicate|again'],
  ['a duplicate key in an inner object', '{"text":"a","x":{"y":1,"y":2}}', 400],
  ['a lone surrogate, escaped', '{"text":"\\ud800"}', 400],
  ['a NUL', '{"text":"a\\u0000b"}', 400],
  ['invalid UTF-8', new Uint8Array([...Buffer.from('{"text":"'), 0xff, 0xfe, ...Buffer.from('"}')]), 400],
  [
    'an overlong encoding',
    new Uint8Array([...Buffer.from('{"text":"'), 0xc0, 0xaf, ...Buffer.from('"}')]),
    400,
  ],
  [
    'a surrogate in UTF-8',
    new Uint8Array([...Buffer.from('{"text":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
    400,
  ],
  ['a byte order mark', '\ufeff{"text":"a"}', 400],
  ['a fraction', '{"text":"a","n":1.5}', 400],
  ['an exponent', '{"text":"a","n":1e3}', 400],
  ['an integer that is not exact', '{"text":"a","n":9007199254740993}', 400],
  ['a list', '[]', 400],
  ['null', 'null', 400],
  ['a number for a text', '{"text":1}', 400],
  ['a list for a text', '{"text":["a"]}', 400],
  ['an object for a text', '{"text":{"$ne":""}}', 400],
  ['a text of spaces', '{"text":"   "}', 400],
  ['a text that is too long', JSON.stringify({ text: 'a'.repeat(20_001) }), 400, 'at most'],
  ['an unknown field', '{"text":"a","colour":"red"}', 400],
  ['a body over the limit', JSON.stringify({ text: 'a'.repeat(300_000) }), 413],
  ['nesting without end', `{"text":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 400],
]

describe('a body', () => {
  it.each(BAD)(
    'C32 with %s is refused in a sentence, and nothing is recorded',
    async (_name, raw, status, word) => {
      const answer = await send(raw)
      expect(answer.status, answer.text).toBe(status)
      expect(answer.body).toMatchObject({ refused: true, code: status === 413 ? 'too_large' : 'invalid' })
      expect(answer.body.sentence).toMatch(/\.$/)
      if (word) expect(answer.body.sentence).toMatch(new RegExp(word, 'i'))
    },
  )

  it('of another type is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      '',
    ]) {
      expect((await send('{"text":"a"}', { 'content-type': type })).status, type).toBe(415)
    }
    expect((await send('{"text":"a"}', { 'content-type': 'application/json; charset=utf-8' })).status).toBe(
      200,
    )
  })

  it('that is compressed is refused, rather than read as what it isn’t', async () => {
    for (const coding of ['gzip', 'br', 'identity, gzip']) {
      const answer = await send(gzipSync('{"text":"a"}'), { ...json, 'content-encoding': coding })
      expect(answer.status, coding).toBe(415)
      expect(answer.body).toMatchObject({ refused: true, code: 'unsupported' })
    }
    expect((await send('{"text":"a"}', { ...json, 'content-encoding': 'Identity' })).status).toBe(200)
  })

  it('that is too large is not read to its end', async () => {
    let given = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(32))
      },
    })
    expect((await send(endless)).status).toBe(413)
    expect(given).toBeLessThan(1_000_000)
  })
})

describe('a command’s headers', () => {
  it('must have their form', async () => {
    for (const key of ['short', 'with spaces in it', 'ä'.repeat(3), 'x'.repeat(101), '']) {
      const headers = { ...json, 'idempotency-key': encodeURI(key) }
      expect((await send('{"text":"a"}', headers)).status, key).toBe(400)
    }
    for (const version of ['1', '"x"', '"1"x', '*', 'W/"1"', '"-1"'])
      expect((await send('{"text":"a"}', { ...json, 'if-match': version })).status, version).toBe(400)
  })

  it('C18 say which version was seen: a later one is a conflict that names it', async () => {
    const answer = await send('{"text":"a"}', { ...json, 'if-match': '"1"' })
    expect(answer.status).toBe(409)
    expect(answer.body.version).toBeGreaterThan(1)
  })

  it('make a repeated command happen once', async () => {
    const headers = { ...json, 'idempotency-key': '5f0c8a4e-1f0a-4b8e-9a55-0d6c1c2b3a4d' }
    const [first, again] = [await send('{"text":"once"}', headers), await send('{"text":"once"}', headers)]
    expect(first.status).toBe(200)
    expect(again.body).toEqual(first.body)
    expect((await send('{"text":"other words"}', headers)).status).toBe(409)
  })

  it('carry an id that belongs to this answer alone', async () => {
    const [one, other] = [
      await send('{"text":"a"}', { ...json, 'x-request-id': 'mine' }),
      await send('{"text":"b"}'),
    ]
    expect(one.headers.get('x-request-id')).toMatch(/^rq_/)
    expect(one.headers.get('x-request-id')).not.toBe(other.headers.get('x-request-id'))
  })
})

describe('an address', () => {
  it('that is nobody’s thing is not found, whatever stands in it', async () => {
    for (const bad of [
      'case_\u0000',
      '../../etc/passwd',
      "case_' or 1=1--",
      'case_%00',
      '',
      'x'.repeat(5_000),
    ]) {
      const answer = await call(command, '/api/v1/cases/x/add-comment', {
        cookie: ada,
        body: { text: 'a' },
        params: { id: bad, command: 'add-comment' },
      })
      expect(answer.status, bad).toBe(404)
    }
  })

  it('has no command that is the doors’ own', async () => {
    for (const slug of [
      'promote-finding',
      'attach-evidence',
      'record-plan',
      'redeem-warrant',
      'issue-warrant',
      'record-drift',
      'export-case',
      'expire-action',
      'to-string',
      'constructor',
      '__proto__',
    ]) {
      expect((await send('{}', json, slug)).status, slug).toBe(404)
    }
  })

  it('takes any search without falling over', async () => {
    const odd = [
      '%00',
      '%ED%A0%80',
      "'",
      '"',
      '\\',
      '%',
      ':*',
      '&|!',
      'a & ',
      "') or 1=1 --",
      '<script>',
      '⁨',
      'x'.repeat(5_000),
      '#1',
      '#999999999999',
    ]
    for (const q of odd) {
      for (const [run, path] of [
        [cases, '/api/v1/cases'],
        [search, '/api/v1/search'],
      ] as const) {
        const answer = await call(run, `${path}?q=${q.startsWith('%') ? q : encodeURIComponent(q)}`, {
          cookie: ada,
        })
        expect(answer.status, `${path} ${q}: ${answer.text}`).toBe(200)
      }
    }
  })

  it('takes no cursor, time or filter that we did not make', async () => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const after of [
      'x',
      cursor(['now', 'x']),
      cursor(['1', 'case_1']),
      cursor([1, 2]),
      cursor({}),
      cursor(['2030-01-01T00:00:00.000Z', '#x']),
    ]) {
      expect([200, 400], after).toContain(
        (await call(cases, `/api/v1/cases?after=${after}&view=nonsense&severity=worst`, { cookie: ada }))
          .status,
      )
      expect([200, 400], after).toContain(
        (await call(history, `/api/v1/history?after=${after}&from=yesterday&to=%00`, { cookie: ada })).status,
      )
    }
  })
})
