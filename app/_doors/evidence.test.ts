import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect } from '@/db/client'
import { GET as download } from '../api/v1/cases/[id]/evidence/[sha256]/route'
import { POST as upload } from '../api/v1/cases/[id]/evidence/route'
import { GET as readCase } from '../api/v1/cases/[id]/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, LEAKED, openTestDoors, type TestDoors } from './doors.test-support'
import { attachment } from './download'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
let test: TestDoors
let admin: Client
let ada: string
let id: string
let other: string

beforeAll(async () => {
  test = await openTestDoors({ ON_RECORD_MAX_EVIDENCE: String(4 * 1024 * 1024) })
  admin = connect(test.adminUrl, 1, 'test admin')
  ada = await cookieOf(test.doors, 'usr_ada')
  const make = async (text: string) =>
    (await call(promote, '/api/v1/promotions', { cookie: ada, body: { text } })).body.case
  id = await make('a finding')
  other = await make('another finding')
})
afterAll(async () => {
  await admin?.end()
  await test?.close()
})

const attach = (raw: BodyInit, name = 'a.bin', headers: Record<string, string> = {}) =>
  call(upload, `/api/v1/cases/${id}/evidence?${new URLSearchParams({ name })}`, {
    cookie: ada,
    raw,
    headers,
    params: { id },
  })
const fetchIt = (sha256: string, from = id) =>
  call(download, `/api/v1/cases/${from}/evidence/${sha256}`, { cookie: ada, params: { id: from, sha256 } })
/** All that is kept, small and large, and since when. */
const everything = async () => {
  const files = await readdir(join(test.doors.settings.data, 'content'), { recursive: true })
  return [...files.sort(), ...(await admin`select sha256, at from content order by 1`)]
}
const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const noise = (size: number, first: number) => new Uint8Array(Buffer.alloc(size, 0x00).fill(first, 0, 1))

describe('a file', () => {
  it('C34 is hashed here while it streams in, and comes back as it was', async () => {
    const bytes = noise(3_000_000, 1)
    const made = await attach(bytes, 'dump.bin')
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({
      sha256: sha(bytes),
      bytes: 3_000_000,
      media_type: 'application/octet-stream',
    })
    const back = await fetchIt(made.body.sha256)
    expect(back.status).toBe(200)
    expect(Number(back.headers.get('content-length'))).toBe(3_000_000)
  })

  it('C35 is what its content says, whatever its name, and is handed out as an attachment that can do nothing', async () => {
    const made = await attach(PNG, 'invoice.html', { 'content-type': 'text/html' })
    expect(made.body.media_type).toBe('image/png')
    const { headers } = await fetchIt(made.body.sha256)
    expect(headers.get('content-type')).toBe('image/png')
    expect(headers.get('content-disposition')).toMatch(/^attachment; /)
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('C35 that is a page or a drawing stays text, and never one that a browser would run', async () => {
    for (const page of [
      '<!doctype html><script>alert(1)</script>',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    ]) {
      const made = await attach(page, 'page.svg', { 'content-type': 'image/svg+xml' })
      expect(made.body.media_type).toBe('text/plain; charset=utf-8')
    }
  })

  it('C58 that is text has its secrets masked before it touches the disk', async () => {
    const made = await attach(
      `PGPASSWORD=${LEAKED}\npostgres://svc_orders:${encodeURIComponent(LEAKED)}@db/orders\n`,
      '.env',
    )
    expect(made.body.masked).toBeGreaterThan(0)
    const back = await fetchIt(made.body.sha256)
    expect(back.text).not.toContain(LEAKED)
    expect(back.text).toContain('[secret:')
  })

  it('is refused when it is too large, also when it doesn’t say so, and nothing of it stays', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(noise(262_144, 2)),
    })
    expect((await attach(endless)).status).toBe(413)
    expect((await attach(noise(5_000_000, 3))).status).toBe(413)
    expect((await attach('a'.repeat(3_000_000), 'long.txt')).body.sentence).toContain('searched for secrets')
    const kept = await readdir(join(test.doors.settings.data, 'content', 'org_halden'))
    expect(kept.filter((name) => name.startsWith('.draft'))).toEqual([])
  })

  it('is refused when it is too large, however small that is and though it doesn’t say so', async () => {
    const settings: { maxEvidence: number } = test.doors.settings
    const { maxEvidence } = settings
    settings.maxEvidence = 1_000
    try {
      const before = await everything()
      const unsaid = new Blob([noise(1_001, 8)]).stream()
      expect((await attach(unsaid)).status).toBe(413)
      expect(await everything()).toEqual(before)
      expect((await attach(noise(1_000, 9))).status).toBe(201)
    } finally {
      settings.maxEvidence = maxEvidence
    }
  })

  it('that breaks off leaves nothing behind', async () => {
    let parts = 0
    const breaking = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (parts++ < 12) controller.enqueue(noise(262_144, 4))
        else controller.error(new Error('gone'))
      },
    })
    expect((await attach(breaking)).status).toBe(500)
    const kept = await readdir(join(test.doors.settings.data, 'content', 'org_halden'))
    expect(kept.filter((name) => name.startsWith('.draft'))).toEqual([])
  })

  it('C34 of somebody who may not attach it is not kept, nor read if it is large, and their attempt is on the record', async () => {
    const esther = await cookieOf(test.doors, 'usr_esther')
    const before = await everything()
    let read = 0
    const file = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          read += 1
          controller.enqueue(noise(262_144, 5))
          if (read === 8) controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const send = (raw: BodyInit) =>
      call(upload, `/api/v1/cases/${id}/evidence?name=a.bin`, { cookie: esther, raw, params: { id } })
    const last = async () =>
      (await call(readCase, `/api/v1/cases/${id}`, { cookie: ada, params: { id } })).body.timeline.at(-1)
    for (const raw of [file, 'a small one']) {
      const { seq } = await last()
      expect((await send(raw)).body).toMatchObject({ refused: true, code: 'forbidden' })
      expect(await last()).toMatchObject({ seq: seq + 1, type: 'policy.denied', who: { id: 'usr_esther' } })
    }
    expect([read, await everything()]).toEqual([1, before])
  })

  it('C34 that is on record already, or for a case that takes none, is not kept either', async () => {
    const [small, large] = ['kept once, small', noise(200_000, 7)]
    for (const raw of [small, large]) expect((await attach(raw)).status).toBe(201)
    const before = await everything()
    expect((await attach(small)).body).toMatchObject({ code: 'duplicate' })
    expect((await attach(large)).body).toMatchObject({ code: 'duplicate' })
    const elsewhere = await call(upload, '/api/v1/cases/case_none/evidence?name=a.bin', {
      cookie: ada,
      raw: 'for no case',
      params: { id: 'case_none' },
    })
    expect(elsewhere.status).toBe(404)
    expect(await everything()).toEqual(before)
  })

  it('is answered as before when it is sent again under its key', async () => {
    const key = { 'idempotency-key': 'the-same-upload' }
    const first = await attach('sent twice', 'a.txt', key)
    const second = await attach('sent twice', 'a.txt', key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body.seq).toBe(first.body.seq)
  })

  it('needs a name and content, and is attached once', async () => {
    expect(
      (await call(upload, `/api/v1/cases/${id}/evidence`, { cookie: ada, raw: 'x', params: { id } })).status,
    ).toBe(400)
    expect((await attach('')).status).toBe(400)
    expect((await attach('the very same')).status).toBe(201)
    expect((await attach('the very same')).status).toBe(409)
  })

  it('C16 is found through its own case alone', async () => {
    const { sha256 } = (await attach('only in one case')).body
    expect((await fetchIt(sha256)).status).toBe(200)
    expect((await fetchIt(sha256, other)).status).toBe(404)
    expect((await fetchIt('0'.repeat(64))).status).toBe(404)
    for (const odd of ['..', '../../keys/token.jwk', sha256.toUpperCase(), sha256.slice(1)])
      expect((await fetchIt(odd)).status, odd).toBe(404)
  })

  it('keeps any name, spelled so that no header can be broken', () => {
    const header =
      attachment('ärger "1"\r\nSet-Cookie: x=1;\u202e.txt', 'text/plain', 1)['content-disposition'] ?? ''
    expect(header).not.toMatch(/[\r\n]/)
    expect(header).toContain("filename*=UTF-8''%C3%A4rger%20%221%22%0D%0A")
    expect(new Headers({ 'content-disposition': header }).get('content-disposition')).toBe(header)
  })
})
