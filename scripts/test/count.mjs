import { readFile } from 'node:fs/promises'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** The last line of a run, which machines read. @param {Count} count */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** @param {string} text @returns {Count | null} the count of the last such line */
export function parseLine(text) {
  const found = [...text.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1)
  return found ? { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3]) } : null
}

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const count of counts) {
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
  }
  return total
}

/** @param {boolean} ok @returns {Count} */
export function one(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

/**
 * What Vitest's JSON report says. A file that couldn't be loaded holds no test, and counts as a failed one; so does a run that
 * ended badly without a failed test.
 * @param {string} file @param {boolean} endedWell
 */
export async function fromVitest(file, endedWell) {
  const report = await read(file)
  if (!report) return one(false)
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ result) =>
      result.status === 'failed' && !result.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  return blamed(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    endedWell,
  )
}

/** What Playwright's JSON report says. @param {string} file @param {boolean} endedWell */
export async function fromPlaywright(file, endedWell) {
  const report = await read(file)
  if (!report) return one(false)
  const { expected, unexpected, flaky, skipped } = report.stats
  return blamed({ passed: expected, failed: unexpected + flaky, skipped }, endedWell)
}

/** @param {Count} count @param {boolean} endedWell @returns {Count} */
function blamed(count, endedWell) {
  return endedWell || count.failed > 0 ? count : { ...count, failed: 1 }
}

/** @param {string} file */
async function read(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}
