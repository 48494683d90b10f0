import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromPlaywright, fromVitest, line, parseLine, sum } from './count.mjs'

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
  it('is written as a plain line, and read from the end of what a program said', () => {
    expect(line({ passed: 12, failed: 0, skipped: 1 })).toBe('12 passed, 0 failed, 1 skipped')
    expect(parseLine('1 passed, 1 failed, 1 skipped\nmore\n12 passed, 0 failed, 1 skipped\n')).toEqual({
      passed: 12,
      failed: 0,
      skipped: 1,
    })
    expect(parseLine('all is well')).toBeNull()
  })

  it('adds up', () => {
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 20, skipped: 30 },
      ]),
    ).toEqual({ passed: 11, failed: 22, skipped: 33 })
  })

  it('counts a file of tests that could not be loaded as a failure', async () => {
    const numbers = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    expect(await fromVitest(await report({ ...numbers, testResults }), false)).toEqual({
      passed: 5,
      failed: 2,
      skipped: 3,
    })
  })

  it('counts a runner that died as a failure, with or without a report', async () => {
    expect(await fromVitest(join(folder, 'none.json'), false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }
    expect(await fromPlaywright(await report({ stats }), false)).toEqual({ passed: 3, failed: 1, skipped: 0 })
    expect(await fromPlaywright(await report({ stats }), true)).toEqual({ passed: 3, failed: 0, skipped: 0 })
  })

  it('counts a journey that only worked the second time as a failure', async () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 }
    expect(await fromPlaywright(await report({ stats }), true)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })
})
