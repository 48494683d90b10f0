import { randomUUID } from 'node:crypto'
import { mkdtemp, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perform } from '@/lib/act/perform'
import { utf8 } from '@/lib/record/bytes'
import { systemActor } from '@/scripts/system'
import { connect } from '../client'
import { type ContentStore, contentStore, isKept, SMALL } from '../content/store'
import { aCase, type TestDatabase, testDatabase } from '../database.test-support'
import { postgresLedger } from '../ledger'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import { act, erase, saidTooMuch, WORDS } from './erasure.test-support'
import { removeContent } from './remove-content'

let test: TestDatabase
let content: ContentStore
let folder: string
const worker = systemActor('sys_worker', SAMPLE_ORG)

beforeAll(async () => {
  test = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'on-record-removed-'))
  content = contentStore(test.deps.sql, folder)
})
afterAll(() => test.close())

const pathOf = (sha256: string) => join(folder, 'content', SAMPLE_ORG, sha256.slice(0, 2), sha256)
const isThere = async (sha256: string) => {
  const found = await content.read(SAMPLE_ORG, sha256)
  found?.stream.destroy()
  return found !== null
}

/** This text, attached to a case an hour after it was kept. */
async function attached(text: string, to?: string): Promise<{ id: string; seq: number; sha256: string }> {
  const id = to ?? (await aCase(test.deps))
  const kept = await keep(text)
  if (kept.bytes > SMALL) await utimes(pathOf(kept.sha256), new Date(), new Date(Date.now() - 3_600_000))
  else await test.admin`update content set at = now() - interval '1 hour' where sha256 = ${kept.sha256}`
  const about = { media_type: 'text/plain', name: 'note.txt', kind: 'text', source: 'desk', tool: null }
  const { version } = await act(test, 'usr_ada', id, 'attachEvidence', { ...kept, ...about, trust: 'typed' })
  return { id, seq: version - 1, sha256: kept.sha256 }
}

async function keep(text: string) {
  const kept = await content.keep(SAMPLE_ORG, [utf8(text)], 10 * SMALL)
  if (!isKept(kept)) throw new Error(kept.notKept)
  return kept
}

/** As the record says it: put there by hand, in another case. */
async function approvedWith(
  about: string,
  [token, keys]: readonly [string, string] | string[],
): Promise<void> {
  const data = { method: 'oidc-nonce', assertion_sha256: token, sign_in: { issuer_jwks: keys } }
  const body = Buffer.from(JSON.stringify({ data }))
  await test.admin`
    insert into event (org, stream, seq, type, at, actor, correlation, hash, body)
    values (${SAMPLE_ORG}, ${`${about}_other`}, 0, 'approval.recorded', now(), 'usr_chiara', '', sha256(${body}), ${body})`
}

async function recorded(id: string): Promise<object[]> {
  const rows = await test.admin<{ data: object }[]>`
    select said(body) as data from event where stream = ${id} and type = 'evidence.removed' order by seq`
  return rows.map(({ data }) => data)
}

describe.each([
  ['a small file', ''],
  ['a large one', 'and more. '.repeat(SMALL / 5)],
])('C36: the content of erased evidence, %s,', (_, more) => {
  const remove = (id: string, store = content) => removeContent({ ...test.deps, content: store }, worker, id)

  it('goes from the disk, and the record says so; its digest is nowhere any more', async () => {
    const { id, seq, sha256 } = await attached(`${WORDS} ${randomUUID()}${more}`)
    await erase(test, id, seq)
    expect(await remove(id)).toEqual({ removed: 1, shared: 0, waiting: 0 })
    expect(await isThere(sha256)).toBe(false)
    expect(await recorded(id)).toEqual([{ removed: 1, shared: 0 }])
    const rest = await test.admin`
      select 1 from event where convert_from(body, 'UTF8') like ${`%${sha256}%`} union all
      select 1 from stream where state::text like ${`%${sha256}%`} union all
      select 1 from content_to_remove where sha256 = ${sha256}`
    expect(rest).toEqual([])
    expect(await remove(id)).toEqual({ removed: 0, shared: 0, waiting: 0 })
    expect(await recorded(id)).toHaveLength(1)
  })

  it('stays while another case has the same content, and goes with the last one', async () => {
    const text = `${WORDS} ${randomUUID()}${more}`
    const [one, other] = [await attached(text), await attached(text)]
    await erase(test, one.id, one.seq)
    expect(await remove(one.id)).toEqual({ removed: 0, shared: 1, waiting: 0 })
    expect(await isThere(one.sha256)).toBe(true)
    await erase(test, other.id, other.seq)
    expect(await remove(other.id)).toEqual({ removed: 1, shared: 0, waiting: 0 })
    expect(await isThere(one.sha256)).toBe(false)
  })

  it.each(['id_token', 'issuer’s keys'])(
    'stays while it is the %s of an approval by signing in',
    async (what) => {
      const { id, seq, sha256 } = await attached(`${what} ${randomUUID()}${more}`)
      const other = sha256.replace(/./g, '0')
      await approvedWith(id, what === 'id_token' ? [sha256, other] : [other, sha256])
      await erase(test, id, seq)
      expect(await remove(id)).toEqual({ removed: 0, shared: 1, waiting: 0 })
      expect(await isThere(sha256)).toBe(true)
    },
  )

  it('stays for a while if it was kept again just now: the record may be about to name it', async () => {
    const text = `${WORDS} ${randomUUID()}${more}`
    const { id, seq, sha256 } = await attached(text)
    await erase(test, id, seq)
    await keep(text)
    expect(await remove(id)).toEqual({ removed: 0, shared: 0, waiting: 1 })
    expect(await isThere(sha256)).toBe(true)
    expect(await recorded(id)).toEqual([])
  })

  it('is gone and recorded once, although the first attempt was interrupted between the two', async () => {
    const { id, seq, sha256 } = await attached(`${WORDS} ${randomUUID()}${more}`)
    await erase(test, id, seq)
    const interrupted: ContentStore = {
      ...content,
      remove: async (...asked) => {
        await content.remove(...asked)
        throw new Error('the process was killed here')
      },
    }
    await expect(remove(id, interrupted)).rejects.toThrow('killed here')
    expect([await isThere(sha256), await recorded(id)]).toEqual([false, []])
    expect(await remove(id)).toEqual({ removed: 1, shared: 0, waiting: 0 })
    expect(await recorded(id)).toHaveLength(1)
  })
})

describe('C19 C36: an erasure whose connection is killed', () => {
  it('has happened or has not: never half', async () => {
    const outcomes = new Set<boolean>()
    for (let times = 0; times < 12; times++) {
      const { id, seq } = await saidTooMuch(test)
      const { ids } = await act(test, 'usr_grace', id, 'requestErasure', { seqs: [seq], reason: 'x' })
      const name = `victim ${times}`
      const sql = connect(test.url('on_record_app'), 1, name)
      await sql`select 1`
      const victim = { ...test.deps, sql, ledger: postgresLedger(sql) }
      const order = { kind: 'case', stream: id, command: 'agreeErasure', key: randomUUID() } as const
      const work = perform(victim, sampleActor('usr_chiara'), {
        ...order,
        input: { erasure: ids.erasure },
      }).catch(() => null)
      await pause(times)
      await test.admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`
      await work
      await sql.end({ timeout: 1 })
      const [found] = await test.admin<{ gone: boolean; said: boolean; folded: boolean; words: boolean }[]>`
        select e.body is null as gone, exists (select from event r where r.stream = e.stream and r.type = 'event.redacted') as said,
          s.state -> 'erased' @> to_jsonb(e.seq) as folded,
          not exists (select from event_words w where w.stream = e.stream and w.seq = e.seq) as words
        from event e join stream s on s.org = e.org and s.stream = e.stream where e.stream = ${id} and e.seq = ${seq}`
      const all = found && [found.gone, found.said, found.folded, found.words]
      expect(new Set(all).size).toBe(1)
      outcomes.add(found?.gone ?? false)
    }
    expect(outcomes.size).toBeGreaterThan(0)
  })
})
