import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishedCheckpoint } from '@/db/log/published'
import { toHex } from '@/lib/record/bytes'
import { parseEntry } from '@/lib/record/entry'
import { checkNote, noteSigner } from '@/lib/record/note'
import { tilePath } from '@/lib/record/tile'
import { GET as checkpoint } from '../api/log/[org]/checkpoint/route'
import { GET as tile } from '../api/log/[org]/tile/[...tile]/route'
import { POST as promote } from '../api/v1/promotions/route'
import { call, cookieOf, openTestDoors, type TestDoors } from './doors.test-support'
import { startSequencer, until } from './sequencing.test-support'
import { bytesOf, readLog, serveLog } from './stranger.test-support'

let test: TestDoors
let served: { url: string; close: () => void }
let stop: () => Promise<void>
const seed = new Uint8Array(randomBytes(32))
const ORG = 'org_halden'
const SECRET_WORDS = 'the-auditors-have-no-business-here'

beforeAll(async () => {
  test = await openTestDoors()
  served = await serveLog(checkpoint, tile)
  await call(promote, '/api/v1/promotions', {
    cookie: await cookieOf(test.doors, 'usr_ada'),
    body: { text: SECRET_WORDS, title: SECRET_WORDS, severity: 'low' },
  })
  stop = await startSequencer(test.adminUrl, seed)
  await until(
    () =>
      test.doors.sql.begin(async (tx) => {
        await tx`select set_config('app.org', ${ORG}, true)`
        return tx<{ waiting: number }[]>`select count(*)::int as waiting from pending`
      }),
    ([row]) => row?.waiting === 0,
  )
  await until(
    () => publishedCheckpoint(test.doors.sql, ORG),
    (note) => note !== null,
  )
})
afterAll(async () => {
  served?.close()
  await stop?.()
  await test?.close()
})

const at = (path: string) => `${served.url}/${ORG}/${path}`

describe('the public log', () => {
  it('is read whole by a stranger, who comes to the root that the log signed', async () => {
    const read = await readLog(`${served.url}/${ORG}`)
    expect(read.checkpoint.size).toBeGreaterThan(20)
    expect(toHex(read.root)).toBe(toHex(read.checkpoint.root))
    const { origin } = read.checkpoint
    expect(checkNote(noteSigner(origin, seed), read.note)).toBe('signed')
    for (const each of read.tiles) expect(toHex(await bytesOf(at(tilePath(each))))).toBe(toHex(each.bytes))
  })

  it('C16 holds ids and digests, and nothing of what was said', async () => {
    const { entries } = await readLog(`${served.url}/${ORG}`)
    for (const entry of entries) {
      expect(Object.keys(parseEntry(entry)).sort()).toEqual(['body', 'case', 'seq'])
      expect(Buffer.from(entry).toString()).not.toContain(SECRET_WORDS)
    }
  })

  it('serves tiles that caches may keep for ever, in any width that was ever signed', async () => {
    const { checkpoint: head, tiles, entries } = await readLog(`${served.url}/${ORG}`)
    for (const width of [1, head.size - 1]) {
      const answer = await fetch(at(tilePath({ level: 0, index: 0, width })))
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect(toHex(bytes)).toBe(toHex(tiles[0]?.bytes.subarray(0, width * 32) ?? new Uint8Array()))
    }
    const one = await bytesOf(at('tile/entries/000.p/1'))
    expect(toHex(one.subarray(2))).toBe(toHex(entries[0] ?? new Uint8Array()))
  })

  it('serves a checkpoint that caches ask about each time', async () => {
    const first = await fetch(at('checkpoint'))
    expect(first.headers.get('cache-control')).toBe('public, no-cache')
    expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(at('checkpoint'), { headers: { 'if-none-match': `"other", ${etag}` } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await fetch(at('checkpoint'), { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  it('serves nothing that no checkpoint covers', async () => {
    const { checkpoint: head } = await readLog(`${served.url}/${ORG}`)
    for (const path of [
      tilePath({ level: 0, index: 0, width: head.size + 1 }),
      tilePath({ level: 'entries', index: 0, width: head.size + 1 }),
      'tile/0/000',
      'tile/0/001',
      'tile/1/000.p/1',
      'tile/entries/001.p/1',
    ]) {
      const answer = await fetch(at(path))
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store'])
    }
  })

  it.each([
    'tile/0/0.p/1',
    'tile/00/000.p/1',
    'tile/0/000.p/01',
    'tile/0/000.p/1/',
    'tile/0/x000/000.p/1',
    'tile/0/%30%30%30.p/1',
    'tile/data/000.p/1',
    'tile/0',
    'tile/-1/000.p/1',
  ])('has one spelling for each tile, and %s is none', async (path) => {
    expect((await fetch(at(path))).status).toBe(404)
  })

  it('C16 of an organisation that is none, or has sealed nothing, is not there', async () => {
    for (const org of ['org_nobody', 'org_halden%27', '..%2forg_halden', `org_${'x'.repeat(200)}`]) {
      expect((await fetch(`${served.url}/${org}/checkpoint`)).status).toBe(404)
      expect((await fetch(`${served.url}/${org}/tile/0/000.p/1`)).status).toBe(404)
    }
  })
})
