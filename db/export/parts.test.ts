import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillRecord } from '@/bench/fill-record'
import { bundleDigest } from '@/lib/policy/bundle'
import { policyTexts } from '../deps'
import { erase, saidTooMuch } from '../erasure/erasure.test-support'
import { keepPolicySet } from '../policy-sets'
import { SAMPLE_ORG } from '../seed/people'
import {
  askFor,
  failures,
  fileIn,
  KEY,
  type TestExports,
  testExports,
  verdictOn,
} from './export.test-support'
import { removeExpired } from './exporter'
import { claimJob, type Job, moveJob, readJob } from './job'
import { runJob, type Writing } from './run'

let test: TestExports
beforeAll(async () => {
  test = await testExports({ large: 0, most: 1 })
  await keepPolicySet(test.deps.sql, SAMPLE_ORG, policyTexts('policies'))
  await fillRecord(test.admin, 300)
  while ((await test.seal()) > 0);
})
afterAll(() => test?.close())

const HTML = 'data/derived/timeline.html'
const partsOf = (id: string) => join(test.folder, 'exports', SAMPLE_ORG, `${id}.parts`)
/** The finished parts, with what would change if one was written again. */
function parts(id: string): Record<string, string> {
  const names = readdirSync(partsOf(id), { recursive: true, encoding: 'utf8' })
  const whole = names.filter((name) => name.endsWith('.part'))
  return Object.fromEntries(
    whole.map((name) => {
      const { ino, mtimeMs, size } = statSync(join(partsOf(id), name))
      return [name.split('/').at(-1) ?? '', `${ino} ${mtimeMs} ${size}`]
    }),
  )
}
const isGone = (id: string) => !readdirSync(join(partsOf(id), '..')).includes(`${id}.parts`)
const digestOf = async (id: string) =>
  (await test.admin<{ sha256: string }[]>`select sha256 from export_job where id = ${id}`)[0]?.sha256

/** An export of everything, written once without interruption; then it waits to be written again, under the same head. */
async function writtenOnce(): Promise<{ id: string; once: string | undefined }> {
  const id = await askFor(test, { scope: 'everything' })
  await test.writeAll()
  const once = await digestOf(id)
  await waits(id)
  return { id, once }
}
async function waits(id: string): Promise<void> {
  await test.admin`update export_job set status = 'waiting', attempts = 0, writer = null where id = ${id}`
}

async function claimed(): Promise<Job> {
  const job = await claimJob(test.deps.sql, SAMPLE_ORG, test.settings.writer)
  if (!job) throw new Error('there was no export to write')
  return job
}

/** Writes it as the worker does; `at` is told of each file before it is written. */
async function writes(job: Job, at: (path: string, stop: AbortController) => void) {
  const stop = new AbortController()
  const write: Writing['write'] = async (files, signal, whole) => {
    const told = (async function* () {
      for await (const file of files) {
        at(file.path, stop)
        yield file
      }
    })()
    const draft = await test.files.draft(SAMPLE_ORG, job.id, told, signal)
    if (await whole()) await draft.place()
    return draft
  }
  const keeping = (of: string) => test.files.parts(SAMPLE_ORG, job.id, of)
  return runJob({ ...test.settings, key: async () => KEY, write, parts: keeping }, job, stop.signal)
}

const stopAt = (path: string) => (now: string, stop: AbortController) => {
  if (now === path) stop.abort()
}

describe('a large export whose writing was interrupted', () => {
  it('goes on behind the last part that was finished, and has the same bytes', async () => {
    const { id, once } = await writtenOnce()
    expect(isGone(id), 'nothing is left of a file that is whole').toBe(true)
    expect((await writes(await claimed(), stopAt(HTML))).ending).toBe('yielded')
    const before = parts(id)
    expect(Object.keys(before).sort()).toEqual([
      ...['data_derived_timeline.csv.part', 'data_events.ndjson.part', 'data_log_proofs.ndjson.part'],
    ])
    let after: Record<string, string> = {}
    const { ending } = await writes(await claimed(), (path) => {
      if (path === 'bag-info.txt') after = parts(id)
    })
    expect(ending).toBe('done')
    expect(after).toMatchObject(before)
    expect(Object.keys(after)).toHaveLength(6)
    expect(await digestOf(id)).toBe(once)
    expect(failures(await verdictOn(test, id))).toEqual([])
    const rules = bundleDigest(policyTexts('policies')).slice('sha256:'.length)
    expect(await fileIn(test, id, `data/policies/${rules}.json`), 'known from the part').toContain('permit')
    const [job] = await test.admin`select events_done = events_total as all from export_job where id = ${id}`
    expect(job).toEqual({ all: true })
    await test.files.remove(SAMPLE_ORG, id)
    expect(isGone(id)).toBe(true)
  })

  it('takes up nothing that was changed on the disk: the part is written anew', async () => {
    const { id, once } = await writtenOnce()
    await writes(await claimed(), stopAt(HTML))
    const [folder = ''] = readdirSync(partsOf(id))
    const file = join(partsOf(id), folder, 'data_events.ndjson.part')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seq":1', '"seq":2'))
    expect((await writes(await claimed(), () => {})).ending).toBe('lost')
    await test.admin`update export_job set beat_at = now() - interval '1 minute' where id = ${id}`
    await test.writeAll()
    expect(await digestOf(id)).toBe(once)
    expect(failures(await verdictOn(test, id))).toEqual([])
    expect(isGone(id)).toBe(true)
  })

  it('takes up nothing of another head, and a cancelled one leaves nothing', async () => {
    const { id } = await writtenOnce()
    await writes(await claimed(), stopAt(HTML))
    const [first] = readdirSync(partsOf(id))
    await askFor(test, { scope: 'everything' })
    await test.seal()
    await test.admin`update export_job set size = null, checkpoint = null where id = ${id}`
    await writes(await claimed(), stopAt(HTML))
    const [second, ...more] = readdirSync(partsOf(id))
    expect([second !== first, more]).toEqual([true, []])
    await moveJob(test.deps.sql, SAMPLE_ORG, id, ['waiting', 'writing'], 'cancelled')
    await test.writeAll()
    await test.files.dropParts(SAMPLE_ORG, id)
    expect(isGone(id)).toBe(true)
  })

  it('C36 leaves nothing on the disk once something in it was erased', async () => {
    const { id: about, seq } = await saidTooMuch(test)
    const id = await askFor(test, about)
    await test.seal()
    await writes(await claimed(), stopAt(HTML))
    expect(Object.keys(parts(id)).length).toBeGreaterThan(0)
    await erase(test, about, seq)
    await removeExpired(test.settings)
    expect(isGone(id)).toBe(true)
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'failed' })
  })

  it('C19 killed with kill -9, is gone on with by another process, and no finished part is written again', async () => {
    const { id, once } = await writtenOnce()
    const program = join(await mkdtemp(join('node_modules', '.exporter-')), 'writer.mjs')
    const { packages, ...how } = { packages: 'external', bundle: true, platform: 'node' } as const
    await build({
      ...{ ...how, packages, entryPoints: ['db/export/killed.fixture.ts'], outfile: program },
      ...{ format: 'esm', logLevel: 'error' },
    })
    const args = [program, test.url('on_record_app'), test.folder, process.cwd()]
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    const ended = new Promise((done) => child.once('exit', done))
    const marks = () => {
      try {
        return readdirSync(partsOf(id), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.mark'),
        )
      } catch {
        return []
      }
    }
    for (const end = Date.now() + 30_000; marks().length < 2 && Date.now() < end; ) await pause(2)
    child.kill('SIGKILL')
    await ended
    await rm(dirname(program), { recursive: true })
    expect(await readJob(test.deps.sql, SAMPLE_ORG, id)).toMatchObject({ status: 'writing' })
    const finished = marks().map((name) => `${name.split('/').at(-1)}`.replace('.mark', '.part'))
    expect(finished.length).toBeGreaterThanOrEqual(2)
    const before = parts(id)
    await test.admin`update export_job set beat_at = now() - interval '1 minute' where id = ${id}`
    let after: Record<string, string> = {}
    const { ending } = await writes(await claimed(), (path) => {
      if (path === 'bag-info.txt') after = parts(id)
    })
    expect(ending).toBe('done')
    for (const name of finished) expect(after[name], name).toBe(before[name])
    expect(await digestOf(id)).toBe(once)
    expect(failures(await verdictOn(test, id))).toEqual([])
  })
})
