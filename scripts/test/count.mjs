import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Count failures: what failed, by name */

/** The last line of a run, which machines read. @param {Pick<Count, 'passed' | 'failed' | 'skipped'>} count */
function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** What a run says at its end: what failed, by name, where nobody has to look for it among thousands of lines. @param {Count} count */
export function closing({ failures, ...count }) {
  return `${failures.map((name) => `✗ ${name}\n`).join('')}${line(count)}\n`
}

/** @param {string} text @returns {Count | null} the count of the last such line, and what is said to have failed before it */
export function parseClosing(text) {
  const found = [...text.matchAll(/^((?:✗ .*\n)*)(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1)
  if (!found) return null
  const [, names = '', passed, failed, skipped] = found
  const failures = names
    .split('\n')
    .filter(Boolean)
    .map((name) => name.slice(2))
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped), failures }
}

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const count of counts) {
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
  }
  return { ...total, failures: counts.flatMap(({ failures }) => failures) }
}

/** @param {string} name @param {boolean} ok @returns {Count} */
export function one(name, ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : [name] }
}

/**
 * What Vitest's JSON report says. A file that couldn't be loaded holds no test, and counts as a failed one; so does a run that
 * ended badly without a failed test.
 * @param {string} file @param {boolean} endedWell @returns {Promise<Count>}
 */
export async function fromVitest(file, endedWell) {
  /** @type {{ testResults: VitestFile[] } & Record<'numPassedTests' | 'numPendingTests' | 'numTodoTests', number> | null} */
  const report = await read(file)
  if (!report) return one('vitest', false)
  const failures = report.testResults.flatMap(failuresOf)
  const skipped = report.numPendingTests + report.numTodoTests
  return blamed(
    { passed: report.numPassedTests, failed: failures.length, skipped, failures },
    'vitest',
    endedWell,
  )
}

/**
 * @typedef {{ name: string, status: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 */

/** @param {VitestFile} file */
function failuresOf({ name: path, status, assertionResults }) {
  const name = relative(process.cwd(), path)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [`${name}: could not be loaded`]
  return failed.map(
    ({ fullName, failureMessages: [why = ''] }) => `${name}: ${fullName} (${why.split('\n')[0]})`,
  )
}

/** What Playwright's JSON report says: who needed a second attempt has failed. @param {string} file @param {boolean} endedWell @returns {Promise<Count>} */
export async function fromPlaywright(file, endedWell) {
  /** @type {{ suites: PlaywrightSuite[], stats: Record<'expected' | 'skipped', number> } | null} */
  const report = await read(file)
  if (!report) return one('the journeys', false)
  const failures = report.suites.flatMap(failuresIn)
  const { expected, skipped } = report.stats
  return blamed({ passed: expected, failed: failures.length, skipped, failures }, 'the journeys', endedWell)
}

/**
 * @typedef {{ file: string, suites?: PlaywrightSuite[], specs: PlaywrightSpec[] }} PlaywrightSuite
 * @typedef {{ title: string, tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }} PlaywrightSpec
 */

/** @param {PlaywrightSuite} suite @returns {string[]} */
function failuresIn({ file, suites = [], specs }) {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status }) => `e2e/${file}: ${title}${status === 'flaky' ? ' (at the first attempt)' : ''}`),
  )
  return [...own, ...suites.flatMap(failuresIn)]
}

/** @param {Count} count @param {string} runner @param {boolean} endedWell @returns {Count} */
function blamed(count, runner, endedWell) {
  return endedWell || count.failed > 0 ? count : sum([count, one(`${runner} ended badly`, false)])
}

/** @param {string} file */
async function read(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}
