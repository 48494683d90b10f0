import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { perform } from '@/lib/act/perform'
import { bundleDigest } from '@/lib/policy/bundle'
import { aCase, comment } from '../database.test-support'
import { policyTexts } from '../deps'
import { keepPolicySet } from '../policy-sets'
import { readExport } from '../queries/exports'
import { sampleActor } from '../seed/actors'
import { SAMPLE_ORG } from '../seed/people'
import {
  askFor,
  failures,
  fileIn,
  type TestExports,
  testExports,
  verdictOn,
  zipOf,
} from './export.test-support'
import { removeExpired } from './exporter'
import { claimJob, moveJob, readJob } from './job'
import { boundsOf } from './period'
import { runJob } from './run'

let test: TestExports
beforeAll(async () => {
  test = await testExports()
})
afterAll(() => test.close())

const present = async () => (await readdir(join(test.folder, 'exports', SAMPLE_ORG)).catch(() => [])).sort()
const sha256Of = async (id: string) => {
  const [row] = await test.admin<{ sha256: string | null }[]>`select sha256 from export_job where id = ${id}`
  return row?.sha256
}

describe('an export', () => {
  it('C29 C30 of one case verifies, and a second one extends the first', async () => {
    const id = await aCase(test.deps)
    await comment(test.deps, id, 'seen')
    const first = await askFor(test, id)
    await test.writeAll()
    expect(failures(await verdictOn(test, first))).toEqual([])
    const kept = await fileIn(test, first, 'data/log/checkpoint')

    await comment(test.deps, id, 'seen again')
    const second = await askFor(test, id)
    await test.writeAll()
    const report = await verdictOn(test, second, { checkpoints: [kept] })
    expect(failures(report)).toEqual([])
    expect(report.findings.map(({ code }) => code)).toContain('kept.consistent')
    const [before, after] = await Promise.all(
      [first, second].map((each) => fileIn(test, each, 'data/events.ndjson')),
    )
    expect(after?.startsWith(before ?? '-')).toBe(true)
  })

  it('C11 C29 has the exact rules by which everything in it was decided, the registry’s too', async () => {
    const texts = policyTexts('policies')
    await keepPolicySet(test.deps.sql, SAMPLE_ORG, texts)
    const id = await askFor(test, await aCase(test.deps))
    await test.writeAll()
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    expect(report.counts['policy_set.missing']).toBeUndefined()
    const path = `data/policies/${bundleDigest(texts).slice('sha256:'.length)}.json`
    expect(JSON.parse(await fileIn(test, id, path))).toEqual({
      ...texts.files,
      'schema.cedarschema': texts.schema,
    })
  })

  it('says which rules are missing where they were not kept', async () => {
    const id = await askFor(test, await aCase(test.deps))
    await test.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await sql`delete from policy_bundle`
    })
    await test.writeAll()
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    expect(report.counts['policy_set.missing']).toBe(1)
  })

  it('C29 of everything has every stream, the registry whole, and the whole log', async () => {
    await Promise.all(Array.from({ length: 3 }, () => aCase(test.deps)))
    const id = await askFor(test, { scope: 'everything' })
    await test.writeAll()
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    expect(report).toMatchObject({ integrity: 'pass', completeness: 'pass' })
    const [found] = await test.admin<{ count: number }[]>`select count(*)::int as count from stream`
    expect(report.streams.length).toBe(found?.count)
    expect((await fileIn(test, id, 'data/registry.ndjson')).trim().split('\n').length).toBeGreaterThan(5)
  })

  it('C29 of some cases has those and no others', async () => {
    const cases = await Promise.all(Array.from({ length: 3 }, () => aCase(test.deps)))
    const id = await askFor(test, { scope: 'cases', cases: cases.slice(0, 2) })
    await test.writeAll()
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    expect(report.completeness).toBe('pass')
    expect(report.streams.map((stream) => stream.case).sort()).toEqual(
      [...cases.slice(0, 2), 'registry'].sort(),
    )
  })

  it('C29 of a period has the cases in which something happened, each whole', async () => {
    const [quiet, busy] = [await aCase(test.deps), await aCase(test.deps)]
    await aCase(test.deps)
    await test.seal()
    const times = await test.admin<{ at: string }[]>`
      select utc(min(at)) as at from event where stream = ${busy} union all select utc(max(at) + interval '1 ms') from event where stream = ${busy}`
    const [from, to] = times.map(({ at }) => at)
    const bounds = await boundsOf(test.deps.sql, SAMPLE_ORG, from ?? '', to ?? '')
    expect(bounds).toMatchObject({ last: null }) // it has only just ended: the log may still get something of it
    const [place] = await test.admin<{ last: number }[]>`
      select max(idx)::int as last from log_entry where stream = ${busy}`
    const asked = {
      scope: 'period',
      from: from ?? '',
      to: to ?? '',
      first: bounds?.first ?? 0,
      last: place?.last ?? 0,
    } as const
    const id = await askFor(test, asked)
    await test.writeAll()
    const report = await verdictOn(test, id)
    expect(failures(report)).toEqual([])
    const streams = report.streams.map((stream) => stream.case)
    expect(streams).toContain(busy)
    expect(streams).toContain(quiet) // the neighbour, which shows where the period begins
    expect(streams.length).toBe(4)
  })

  it('has no bounds where nothing happened', async () => {
    expect(
      await boundsOf(test.deps.sql, SAMPLE_ORG, '2001-01-01T00:00:00.000Z', '2001-02-01T00:00:00.000Z'),
    ).toBeNull()
  })

  it('C12 C30 is refused to everybody but an auditor, on record', async () => {
    for (const person of ['usr_ada', 'usr_chiara', 'usr_hugo', 'usr_farid'] as const) {
      const input = { export: test.deps.newId('export'), scope: 'everything', purpose: 'Curiosity' }
      const order = {
        kind: 'registry',
        stream: 'registry',
        command: 'exportRecord',
        input,
        key: `no-${person}`,
      } as const
      expect(await perform(test.deps, sampleActor(person), order)).toMatchObject({ code: 'forbidden' })
      const [denied] = await test.admin<{ type: string; actor: string }[]>`
        select type, actor from event where stream = 'registry' order by seq desc limit 1`
      expect(denied).toEqual({ type: 'policy.denied', actor: person })
    }
  })
})

describe('the file of an export', () => {
  it('is begun again when its writer was killed, and has the same bytes', async () => {
    const id = await askFor(test, await aCase(test.deps))
    await test.writeAll()
    const once = await sha256Of(id)
    await moveJob(test.deps.sql, SAMPLE_ORG, id, ['done'], 'expired')
    await test.files.remove(SAMPLE_ORG, id)
    await comment(test.deps, await aCase(test.deps), 'the log goes on')
    await test.admin`update export_job set status = 'waiting', attempts = 0 where id = ${id}`
    const claimed = await claimJob(test.deps.sql, SAMPLE_ORG, 'a writer that dies')
    expect(claimed?.id).toBe(id)
    expect(await claimJob(test.deps.sql, SAMPLE_ORG, 'another')).toBeNull()
    await test.admin`update export_job set beat_at = now() - interval '1 minute' where id = ${id}`
    await claimJob(test.deps.sql, SAMPLE_ORG, 'another that dies')
    expect(await readExport(test.reader, sampleActor('usr_esther'), id)).toMatchObject({
      ...{ status: 'writing', interrupted: 1 },
    })
    await test.admin`update export_job set beat_at = now() - interval '1 minute' where id = ${id}`
    await test.writeAll()
    expect(await readExport(test.reader, sampleActor('usr_esther'), id)).toMatchObject({ interrupted: 0 })
    expect(await sha256Of(id)).toBe(once)
    expect(failures(await verdictOn(test, id))).toEqual([])
  })

  it('is given up after five writers were killed over it', async () => {
    const id = await askFor(test, await aCase(test.deps))
    for (let times = 0; times < 5; times++) {
      expect((await claimJob(test.deps.sql, SAMPLE_ORG, `writer ${times}`))?.id).toBe(id)
      await test.admin`update export_job set beat_at = now() - interval '1 minute' where id = ${id}`
    }
    expect(await claimJob(test.deps.sql, SAMPLE_ORG, 'the sixth')).toBeNull()
    const [row] = await test.admin`select status, problem from export_job where id = ${id}`
    expect(row).toEqual({ status: 'failed', problem: 'interrupted' })
  })

  it('is not there when the export was cancelled while it was written, and nothing else is left', async () => {
    const id = await askFor(test, { scope: 'everything' })
    await test.seal()
    const job = await claimJob(test.deps.sql, SAMPLE_ORG, test.settings.writer)
    if (!job) throw new Error('there was no export to write')
    const before = await present()
    const { ending } = await runJob(
      {
        ...test.settings,
        write: async (files, signal, whole) => {
          const draft = await test.files.draft(SAMPLE_ORG, id, files, signal)
          await moveJob(test.deps.sql, SAMPLE_ORG, id, ['writing'], 'cancelled')
          if (await whole()) await draft.place()
          else await draft.drop()
          return draft
        },
      },
      job,
      new AbortController().signal,
    )
    expect(ending).toBe('cancelled')
    expect(await present()).toEqual(before)
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'cancelled' })
  })

  it('is given back when the writer is told to stop in the middle', async () => {
    const id = await askFor(test, { scope: 'everything' })
    await test.seal()
    const job = await claimJob(test.deps.sql, SAMPLE_ORG, test.settings.writer)
    if (!job) throw new Error('there was no export to write')
    const stopping = new AbortController()
    const before = await present()
    const { ending } = await runJob(
      {
        ...test.settings,
        write: async (files, signal) => {
          const seen = (async function* () {
            for await (const file of files) {
              if (file.path === 'data/log/checkpoint') stopping.abort()
              yield file
            }
          })()
          return test.files.draft(SAMPLE_ORG, id, seen, signal)
        },
      },
      job,
      stopping.signal,
    )
    expect(ending).toBe('yielded')
    expect(await present()).toEqual(before)
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'waiting', attempts: 0 })
    await test.writeAll()
    expect(failures(await verdictOn(test, id))).toEqual([])
  })

  it('is deleted when its time is over', async () => {
    const id = await askFor(test, await aCase(test.deps))
    await test.writeAll()
    await test.admin`update export_job set expires_at = now() - interval '1 second' where id = ${id}`
    await removeExpired(test.settings)
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'expired' })
    expect(await present()).not.toContain(zipOf(test, id).split('/').at(-1))
  })

  it('C31 is not written when the list of cases is another than the one on record', async () => {
    const id = await askFor(test, { scope: 'everything' })
    await test.seal()
    const job = await claimJob(test.deps.sql, SAMPLE_ORG, test.settings.writer)
    if (!job) throw new Error('there was no export to write')
    const asked = { ...job, asked: { ...job.asked, scope: 'cases' as const, streams_sha256: '0'.repeat(64) } }
    const writing = { ...test.settings, write: async () => null }
    expect(await runJob(writing, asked, new AbortController().signal)).toMatchObject({
      ending: 'selection_lost',
    })
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'failed' })
  })
})
