import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closing, fromPlaywright, fromVitest, one, parseClosing, sum } from './count.mjs'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-record-count-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function report(content: object): Promise<string> {
  const file = join(folder, `${Math.random()}.json`)
  await writeFile(file, JSON.stringify(content))
  return file
}

describe('the count of a test run', () => {
  it('is written as a plain line after the names of what failed, and read from the end of what a program said', () => {
    const well = { passed: 12, failed: 0, skipped: 1, failures: [] }
    expect(closing(well)).toBe('12 passed, 0 failed, 1 skipped\n')
    const badly = { passed: 11, failed: 2, skipped: 0, failures: ['the chain: holds', 'the log: grows'] }
    expect(closing(badly)).toBe('✗ the chain: holds\n✗ the log: grows\n11 passed, 2 failed, 0 skipped\n')
    expect(parseClosing(`${closing(well)}more\n${closing(badly)}`)).toEqual(badly)
    expect(parseClosing(`${closing(badly)}more\n${closing(well)}`)).toEqual(well)
    expect(parseClosing('all is well')).toBeNull()
  })

  it('adds up', () => {
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0, failures: [] })
    const failing = { passed: 1, failed: 2, skipped: 3, failures: ['one', 'two'] }
    expect(sum([failing, one('three', false), one('four', true)])).toEqual({
      passed: 2,
      failed: 3,
      skipped: 3,
      failures: ['one', 'two', 'three'],
    })
  })

  it('names each failure with its reason, and counts a file of tests that could not be loaded', async () => {
    const passed = { status: 'passed', fullName: 'it works', failureMessages: [] }
    const failed = {
      status: 'failed',
      fullName: 'it holds',
      failureMessages: ['expected 1 to be 2\n  at line 3'],
    }
    const testResults = [
      { name: 'a.test.ts', status: 'failed', assertionResults: [] },
      { name: 'b.test.ts', status: 'failed', assertionResults: [passed, failed] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [passed] },
    ]
    const numbers = { numPassedTests: 2, numPendingTests: 2, numTodoTests: 1 }
    expect(await fromVitest(await report({ ...numbers, testResults }), false)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 3,
      failures: ['a.test.ts: could not be loaded', 'b.test.ts: it holds (expected 1 to be 2)'],
    })
  })

  it('counts a runner that died as a failure, with or without a report', async () => {
    const none = { passed: 0, failed: 1, skipped: 0 }
    expect(await fromVitest(join(folder, 'none.json'), false)).toEqual({ ...none, failures: ['vitest'] })
    const file = await report({ suites: [], stats: { expected: 3, skipped: 0 } })
    const well = { passed: 3, failed: 0, skipped: 0, failures: [] }
    expect(await fromPlaywright(file, true)).toEqual(well)
    expect(await fromPlaywright(file, false)).toEqual({
      ...well,
      failed: 1,
      failures: ['the journeys ended badly'],
    })
  })

  it('counts a journey that only worked the second time as a failure', async () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] })
    const row = { file: 'live.spec.ts', specs: [spec('seen', 'expected'), spec('heard', 'flaky')] }
    const group = { file: 'live.spec.ts', specs: [], suites: [row] }
    const file = await report({ suites: [group], stats: { expected: 1, skipped: 2 } })
    expect(await fromPlaywright(file, true)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 2,
      failures: ['e2e/live.spec.ts: heard (at the first attempt)'],
    })
  })
})
