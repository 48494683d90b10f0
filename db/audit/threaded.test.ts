import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aCase, comment, type TestDatabase, testDatabase } from '../database.test-support'
import { policyTexts } from '../deps'
import { keepPolicySet } from '../policy-sets'
import { SAMPLE_ORG } from '../seed/people'
import { replays } from './replays'
import { threadedReplays } from './threaded'

let test: TestDatabase
let program: string
let id: string
const ORIGIN = 'http://localhost:3000'

beforeAll(async () => {
  test = await testDatabase()
  await keepPolicySet(test.deps.sql, SAMPLE_ORG, policyTexts('policies'))
  id = await aCase(test.deps)
  await comment(test.deps, id, 'Seen.')
  // Beside the packages that it needs, as the built programs are.
  program = join(await mkdtemp(join('node_modules', '.replays-')), 'replays.mjs')
  await build({
    entryPoints: ['db/audit/thread.ts'],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
})
afterAll(async () => {
  await test?.close()
  await rm(dirname(program), { recursive: true, force: true })
})

describe('replays in a thread', () => {
  it('say what replays without one say, while this thread goes on working', async () => {
    const here = replays({ reader: test.reader, sql: test.deps.sql, origin: ORIGIN })
    const there = threadedReplays(join(process.cwd(), program), {
      url: test.url('on_record_app'),
      origin: ORIGIN,
    })
    let beats = 0
    const beat = setInterval(() => beats++, 5)
    const [moment, overview, judged] = await Promise.all([
      there.moment(SAMPLE_ORG, id, 2),
      there.overview(SAMPLE_ORG, id),
      there.judged(SAMPLE_ORG, id),
    ])
    clearInterval(beat)
    expect(moment?.frame.judged.verdict).toBe('same')
    expect(moment).toEqual(await here.moment(SAMPLE_ORG, id, 2))
    expect(overview).toEqual(await here.overview(SAMPLE_ORG, id))
    expect(judged).toEqual(await here.judged(SAMPLE_ORG, id))
    expect(await there.moment(SAMPLE_ORG, 'case_none', 0)).toBeNull()
    // Loading the policy set keeps a thread busy for a second or more: this one was not.
    expect(beats).toBeGreaterThan(10)
    await there.end()
  })

  it('fail whoever waits when the thread ends, and start another for the next', async () => {
    const broken = threadedReplays(join(process.cwd(), 'no-such-program.mjs'), { url: '', origin: '' })
    await expect(broken.overview(SAMPLE_ORG, id)).rejects.toThrow('no-such-program')
    await expect(broken.overview(SAMPLE_ORG, id)).rejects.toThrow('no-such-program')
  })
})
