import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '@/lib/record/bytes'
import { parseCheckpoint } from '@/lib/record/checkpoint'
import { entryBytes } from '@/lib/record/entry'
import { checkNote, noteSigner, parseNote } from '@/lib/record/note'
import { verifyConsistency, verifyInclusion } from '@/lib/record/proof'
import { consistencyProofAsync, inclusionProofAsync } from '@/lib/record/tile-proof'
import { leafHash } from '@/lib/record/tree'
import { connect, sqlState } from './client'
import {
  aCase,
  comment,
  done,
  LOG_ORIGIN,
  LOG_SEED,
  onlyKey,
  type TestDatabase,
  testDatabase,
} from './database.test-support'
import { ForkRefused } from './log/fork'
import { keptIn } from './log/kept'
import { tileReader } from './log/tiles'
import { rebuild } from './rebuild'
import { sampleActor } from './seed/actors'
import { SAMPLE_ORG } from './seed/people'
import { sequencer } from './sequencer'

let test: TestDatabase
const signer = noteSigner(`${LOG_ORIGIN}/${SAMPLE_ORG}`, LOG_SEED)

beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.close())

async function checkpoints() {
  const rows = await test.admin<
    { note: string }[]
  >`select note from checkpoint where org = ${SAMPLE_ORG} order by size`
  return rows.map((row) => {
    const note = parseNote(row.note)
    expect(checkNote(signer, note)).toBe('signed')
    return parseCheckpoint(note.text)
  })
}

async function entries() {
  return test.admin<{ idx: number; stream: string; seq: number; hash: Buffer }[]>`
    select idx::int as idx, stream, seq, hash from log_entry where org = ${SAMPLE_ORG} order by idx`
}

describe('the log', () => {
  it('C23: gives every event of 64 writers one place, without gaps, and proves each of them', async () => {
    const ids = await Promise.all(Array.from({ length: 16 }, () => aCase(test.deps)))
    const writing = Promise.all(
      ids.flatMap((id) => Array.from({ length: 8 }, (_, i) => comment(test.deps, id, `note ${i}`))),
    )
    let busy = true
    writing.finally(() => {
      busy = false
    })
    while (busy) await test.seal()
    await writing
    await test.seal()
    const [{ count: events = 0 } = {}] = await test.admin<
      { count: number }[]
    >`select count(*)::int as count from event where org = ${SAMPLE_ORG}`
    const rows = await entries()
    expect(rows).toHaveLength(events)
    expect(rows.map((row) => row.idx)).toEqual(rows.map((_, index) => index))
    const head = (await checkpoints()).at(-1)
    expect(head?.size).toBe(events)
    const read = tileReader(test.admin, SAMPLE_ORG)
    for (const { idx, stream, seq, hash } of rows) {
      const leaf = leafHash(entryBytes({ body: toHex(hash), case: stream, seq }))
      const path = await inclusionProofAsync(read, idx, events)
      expect(verifyInclusion({ index: idx, size: events, leaf, path }, head?.root ?? new Uint8Array())).toBe(
        true,
      )
    }
  })

  it('keeps each stream in its order', async () => {
    const seen = new Map<string, number>()
    for (const { stream, seq } of await entries()) {
      expect(seq).toBe(seen.get(stream) ?? 0)
      seen.set(stream, seq + 1)
    }
  })

  it('only grows: each checkpoint is consistent with the one before', async () => {
    const list = await checkpoints()
    expect(list.length).toBeGreaterThan(1)
    const read = tileReader(test.admin, SAMPLE_ORG)
    for (const [index, now] of list.entries()) {
      const old = list[index - 1]
      if (!old) continue
      const path = await consistencyProofAsync(read, old.size, now.size)
      expect(verifyConsistency({ old, now, path })).toBe(true)
    }
  })

  it('is one log, however many sequencers there are', async () => {
    const log = connect(test.url('on_record_sequencer'), 4, 'others')
    const others = Array.from({ length: 3 }, () => sequencer(log, onlyKey(LOG_SEED), keptIn(test.keptFolder)))
    const id = await aCase(test.deps)
    for (let i = 0; i < 5; i++) {
      await Promise.all([
        comment(test.deps, id, `a ${i}`),
        comment(test.deps, id, `b ${i}`),
        ...others.map((seal) => seal()),
        test.seal(),
      ])
    }
    await test.seal()
    await log.end()
    const rows = await entries()
    expect(rows.map((row) => row.idx)).toEqual(rows.map((_, index) => index))
    await checkpoints()
  })

  it('signs after a restart what was committed and not yet signed', async () => {
    await aCase(test.deps)
    await test.seal()
    await test.admin.unsafe('alter table checkpoint disable trigger append_only')
    const [{ size = 0 } = {}] = await test.admin<{ size: number }[]>`
      delete from checkpoint where org = ${SAMPLE_ORG} and size = (select max(size) from checkpoint where org = ${SAMPLE_ORG}) returning size::int as size`
    await test.admin.unsafe('alter table checkpoint enable trigger append_only')
    const log = connect(test.url('on_record_sequencer'), 2, 'restarted')
    await sequencer(log, onlyKey(LOG_SEED), keptIn(test.keptFolder))()
    await log.end()
    expect((await checkpoints()).at(-1)?.size).toBe(size)
  })
})

describe('a database that was restored from a backup', () => {
  it('C25: is not signed on: the checkpoint that was published since is kept outside', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'on-record-fork-'))
    const later = (await checkpoints()).at(-1)
    await copyFile(
      join(test.keptFolder, `${SAMPLE_ORG}.checkpoint`),
      join(folder, `${SAMPLE_ORG}.checkpoint`),
    )
    const text = await readFile(join(folder, `${SAMPLE_ORG}.checkpoint`), 'utf8')
    expect(parseCheckpoint(parseNote(text).text).size).toBe(later?.size)
    await writeFile(join(folder, `${SAMPLE_ORG}.checkpoint`), await signedAhead((later?.size ?? 0) + 5))
    await aCase(test.deps)
    const log = connect(test.url('on_record_sequencer'), 2, 'restored')
    await expect(sequencer(log, onlyKey(LOG_SEED), keptIn(folder))()).rejects.toThrow(ForkRefused)
    await log.end()
    await test.seal()
  })

  it('is not signed on with another key either', async () => {
    await aCase(test.deps)
    const log = connect(test.url('on_record_sequencer'), 2, 'other key')
    await expect(
      sequencer(log, onlyKey(new Uint8Array(32).fill(8)), keptIn(test.keptFolder))(),
    ).rejects.toThrow(ForkRefused)
    await log.end()
    await test.seal()
  })
})

async function signedAhead(size: number): Promise<string> {
  const { signCheckpoint } = await import('@/lib/record/checkpoint')
  return signCheckpoint({ origin: signer.name, size, root: new Uint8Array(32) }, signer)
}

describe('the record', () => {
  const forbidden = [
    'update event set type = type',
    'delete from event',
    'truncate event',
    'delete from log_entry',
    'update checkpoint set note = note',
    'update log_head set size = 0',
    'delete from pending',
  ]

  it.each(forbidden)('C21: the application may not: %s', async (statement) => {
    const error = await test.deps.sql
      .begin(async (sql) => {
        await sql`select set_config('app.org', ${SAMPLE_ORG}, true)`
        await sql.unsafe(statement)
      })
      .catch((thrown: unknown) => thrown)
    expect(sqlState(error)).toBe('42501')
  })

  it.each([
    'update event set type = type',
    'delete from event',
    'truncate event',
    'delete from log_entry',
    'delete from checkpoint',
  ])('C21: not even the owner of the tables may, without taking the trigger away: %s', async (statement) => {
    const error = await test.admin.unsafe(statement).catch((thrown: unknown) => thrown)
    expect(sqlState(error)).toBe('42501')
  })

  it('takes no event whose digest is not its body’s', async () => {
    const error = await test.admin`
      insert into event values (${SAMPLE_ORG}, 'case_x', 0, 't', now(), 'usr_ada', 'c', ${Buffer.alloc(32)}, ${Buffer.from('{}')})`.catch(
      (thrown: unknown) => thrown,
    )
    expect(sqlState(error)).toBe('23514')
  })
})

describe('a rebuild', () => {
  const options = { org: SAMPLE_ORG, repair: false }

  it('finds that every table says what the record says', async () => {
    const id = await aCase(test.deps)
    await comment(test.deps, id, 'a note')
    const { differences, streams, events } = await rebuild(test.deps.sql, options)
    expect(differences).toEqual([])
    expect(streams).toBeGreaterThanOrEqual(2)
    expect(events).toBeGreaterThanOrEqual(10)
  })

  it('names the table and the state that somebody changed by hand, and can put them right', async () => {
    const id = await aCase(test.deps)
    await test.admin`update case_file set title = 'Nothing to see here' where id = ${id}`
    await test.admin`update stream set state = jsonb_set(state, '{severity}', '"low"') where stream = ${id}`
    const found = await rebuild(test.deps.sql, options)
    expect(found.differences.map(({ stream, where }) => [stream, where])).toEqual([
      [id, 'stream'],
      [id, 'case_file'],
    ])
    await rebuild(test.deps.sql, { ...options, repair: true })
    expect((await rebuild(test.deps.sql, options)).differences).toEqual([])
  })

  it('names what is there that the record knows nothing of: a link, a member, a whole case', async () => {
    const id = await aCase(test.deps)
    await test.admin`insert into case_nhi values (${SAMPLE_ORG}, ${id}, 'nhi_svc-orders', true)`
    await test.admin`
      insert into member select org, 'usr_mallory', 'Mallory', 'mallory@halden.example', '{admin}', null, true from organisation where org = ${SAMPLE_ORG}`
    await test.admin`
      insert into case_file select (jsonb_populate_record(f, '{"id": "case_made_up", "number": 999999}')).* from case_file f where f.id = ${id}`
    const found = await rebuild(test.deps.sql, { ...options, repair: true })
    expect(found.differences.map(({ stream, where, sentence }) => [stream, where, sentence])).toEqual([
      [id, 'case_nhi', '1 row(s) are there that the record knows nothing of.'],
      ['registry', 'member', '1 row(s) are there that the record knows nothing of.'],
      ['case_made_up', 'case_file', 'The record knows no such stream.'],
    ])
    expect((await rebuild(test.deps.sql, options)).differences).toEqual([])
    expect(await test.admin`select from member where id = 'usr_mallory'`).toHaveLength(0)
  })

  it('C22: names the event that a superuser rewrote', async () => {
    const id = await aCase(test.deps)
    await comment(test.deps, id, 'as it was said')
    await test.admin.unsafe('alter table event disable trigger append_only')
    await test.admin`
      update event set body = convert_to(replace(convert_from(body, 'UTF8'), 'Hugo Brandt', 'Ada Okafor'), 'UTF8'),
        hash = sha256(convert_to(replace(convert_from(body, 'UTF8'), 'Hugo Brandt', 'Ada Okafor'), 'UTF8'))
      where stream = ${id} and seq = 0`
    await test.admin.unsafe('alter table event enable trigger append_only')
    const { differences } = await rebuild(test.deps.sql, options)
    expect(differences).toContainEqual({
      stream: id,
      where: 'event 1',
      sentence: expect.stringContaining('chain is broken'),
    })
  })
})

describe('an organisation', () => {
  it('C16: sees nothing of another in any table', async () => {
    const { foundOrganisation } = await import('./database.test-support')
    await foundOrganisation(test.deps, 'org_other')
    const id = await aCase(test.deps, 'org_other')
    await comment(test.deps, id, 'a secret of theirs', 'org_other')
    const tables = await test.admin<{ name: string; forced: boolean; policies: number }[]>`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')`
    expect(tables.length).toBeGreaterThan(20)
    for (const { name, forced, policies } of tables) {
      expect({ name, forced, some: policies > 0 }).toEqual({ name, forced: true, some: true })
      const [{ count = -1 } = {}] = await test.deps.sql.begin(async (sql) => {
        await sql`select set_config('app.org', ${SAMPLE_ORG}, true)`
        return sql<
          { count: number }[]
        >`select count(*)::int as count from ${sql(name)} where org = 'org_other'`
      })
      expect({ name, count }).toEqual({ name, count: 0 })
    }
  })

  it('is not seen by a transaction that names none', async () => {
    const [{ count = -1 } = {}] = await test.deps.sql<
      { count: number }[]
    >`select count(*)::int as count from event`
    expect(count).toBe(0)
  })

  it("can't be written to by way of another's id", async () => {
    const theirs = await aCase(test.deps, 'org_other')
    await expect(
      done(test.deps, sampleActor('usr_ada'), {
        kind: 'case',
        stream: theirs,
        command: 'addComment',
        input: { text: 'x' },
      }),
    ).rejects.toThrow('no such')
    const error = await test.deps.sql
      .begin(async (sql) => {
        await sql`select set_config('app.org', ${SAMPLE_ORG}, true)`
        await sql`insert into pending values ('org_other', ${theirs}, 99, now(), ${Buffer.alloc(32)})`
      })
      .catch((thrown: unknown) => thrown)
    expect(sqlState(error)).toBe('42501')
  })
})
