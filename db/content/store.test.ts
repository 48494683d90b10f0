import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../database.test-support'
import { SAMPLE_ORG } from '../seed/people'
import { type ContentStore, contentStore, SMALL } from './store'

let test: TestDatabase
let store: ContentStore
let folder: string

beforeAll(async () => {
  test = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'on-record-content-'))
  store = contentStore(test.deps.sql, folder)
})
afterAll(() => test?.close())

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const files = async () =>
  (await readdir(join(folder, 'content'), { recursive: true }).catch(() => [])).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  )
const rows = async () =>
  (await test.admin<{ sha256: string }[]>`select sha256 from content`).map(({ sha256 }) => sha256)

describe.each([
  ['small', 1_000, SMALL],
  ['large', 50_000, SMALL + 1],
])('content that is %s', (size, part, length) => {
  const noise = () => Array.from({ length: 3 }, () => Buffer.alloc(part, randomUUID()))

  it(`is kept once, under its digest, ${size === 'small' ? 'in the database' : 'in a file'}, and read as it was`, async () => {
    const parts = noise()
    const whole = Buffer.concat(parts)
    const expected = { sha256: sha(whole), bytes: whole.length }
    expect(await store.keep('org_a', parts, 10_000_000)).toEqual(expected)
    expect(await store.keep('org_a', parts, 10_000_000)).toEqual(expected)
    const [inRows, inFiles] = [await rows(), await files()]
    expect(inRows.filter((each) => each === expected.sha256)).toHaveLength(size === 'small' ? 1 : 0)
    expect(inFiles.filter((each) => each.endsWith(expected.sha256))).toHaveLength(size === 'small' ? 0 : 1)
    const found = await store.read('org_a', expected.sha256)
    expect(found?.bytes).toBe(whole.length)
    expect(found && (await buffer(found.stream)).equals(whole)).toBe(true)
  })

  it('C16: is its organisation’s alone', async () => {
    const parts = noise()
    await store.keep('org_a', parts, 10_000_000)
    expect(await store.read('org_b', sha(Buffer.concat(parts)))).toBeNull()
    expect(await store.remove('org_b', sha(Buffer.concat(parts)), 0)).toBe('removed')
    const found = await store.read('org_a', sha(Buffer.concat(parts)))
    expect(found && (await buffer(found.stream)).equals(Buffer.concat(parts))).toBe(true)
  })

  it('is refused beyond what may be kept, and nothing of it stays', async () => {
    const bytes = Buffer.alloc(length, randomUUID())
    expect(await store.keep('org_a', [bytes], length - 1)).toEqual({ notKept: 'too_large' })
    expect(await store.read('org_a', sha(bytes))).toBeNull()
    expect(await store.keep('org_a', [bytes], length)).toEqual({ sha256: sha(bytes), bytes: length })
  })

  it('waits when it was kept again just now, and is removed when it was not', async () => {
    const bytes = Buffer.alloc(length, randomUUID())
    await store.keep('org_a', [bytes], length)
    expect(await store.remove('org_a', sha(bytes), 60_000)).toBe('waiting')
    expect(await store.remove('org_a', sha(bytes), 0)).toBe('removed')
    expect(await store.read('org_a', sha(bytes))).toBeNull()
    expect(await store.remove('org_a', sha(bytes), 0)).toBe('removed')
  })
})

describe('the content store', () => {
  it('refuses what is empty, and an organisation that is none of ours', async () => {
    expect(await store.keep('org_a', [], 5)).toEqual({ notKept: 'empty' })
    await expect(store.keep('../elsewhere', [Buffer.alloc(SMALL + 1)], 1_000_000)).rejects.toThrow(
      'not one of ours',
    )
  })

  it('stops whoever sends more than may be kept', async () => {
    let stopped = false
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(SMALL)
      } finally {
        stopped = true
      }
    }
    expect(await store.keep('org_a', endless(), 4 * SMALL)).toEqual({ notKept: 'too_large' })
    expect(stopped).toBe(true)
  })

  it('makes its folder again when somebody has taken it away', async () => {
    const bytes = Buffer.alloc(SMALL + 1, 'again')
    await store.keep('org_a', [bytes], 1_000_000)
    await rm(join(folder, 'content'), { recursive: true })
    expect(await store.keep('org_a', [bytes], 1_000_000)).toMatchObject({ sha256: sha(bytes) })
  })

  it('lets the application neither change what is kept nor remove it', async () => {
    const kept = await store.keep(SAMPLE_ORG, [Buffer.from('kept for good')], 100)
    if ('notKept' in kept) throw new Error(kept.notKept)
    const { sql } = test.deps
    for (const attempt of [
      () => sql`delete from content where sha256 = ${kept.sha256}`,
      () => sql`update content set bytes = 'otherwise' where sha256 = ${kept.sha256}`,
      () => sql`truncate content`,
    ])
      await expect(attempt()).rejects.toThrow(/permission denied/)
  })

  it('C36: never removes what something on record still names, however old it is', async () => {
    const bytes = Buffer.from(`named as evidence: ${randomUUID()}`)
    await store.keep(SAMPLE_ORG, [bytes], 1_000)
    await test.admin`
      insert into evidence (org, "case", sha256, bytes, kind, media_type, name)
      values (${SAMPLE_ORG}, 'case_any', ${sha(bytes)}, ${bytes.length}, 'text', 'text/plain', 'a.txt')`
    expect(await store.remove(SAMPLE_ORG, sha(bytes), 0)).toBe('waiting')
    await test.admin`delete from evidence where sha256 = ${sha(bytes)}`
    expect(await store.remove(SAMPLE_ORG, sha(bytes), 0)).toBe('removed')
  })
})
