// npm test: installs what is missing, runs everything, and closes with the line `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, isInstalled } from '../build/install.mjs'
import { CHECKS, check, show } from '../check/checks.mjs'
import { findChromium } from './chromium.mjs'
import { closing, fromPlaywright, fromVitest, one, sum } from './count.mjs'
import { ensureTools } from './tools.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const results = join(root, 'test-results')
process.env.NEXT_TELEMETRY_DISABLED = '1'
process.chdir(root)

/** @type {import('./count.mjs').Count[]} */
const counts = []
try {
  if (!isInstalled(root)) await install(root)
  await ensureTools()
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  for (const outcome of await Promise.all(
    Object.entries(CHECKS).map(([name, command]) => check(root, name, command)),
  )) {
    show(outcome)
    counts.push(one(outcome.name, outcome.ok))
  }
  // Before the tests: some of them kill and restart the programs as they are built for people.
  const { prepare } = await import('../build/prepare.mjs')
  await prepare(root, { web: true })
  counts.push(await vitest())
  counts.push(await journeys())
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  counts.push(one('npm test', false))
}
const total = sum(counts)
process.stdout.write(closing(total))
process.exit(total.failed === 0 ? 0 : 1)

async function vitest() {
  const report = join(results, 'vitest.json')
  const ok = await ended('vitest/vitest.mjs', [
    'run',
    // Much of it waits for processes to be killed and to come back: one more than there are processors.
    `--maxWorkers=${availableParallelism() + 1}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  return fromVitest(report, ok)
}

/** In a real browser, against the application as it is built for people. */
async function journeys() {
  if (!readdirSync(join(root, 'e2e')).some((name) => name.endsWith('.spec.ts'))) return sum([])
  const report = join(results, 'e2e.json')
  const chromium = await findChromium(root)
  const ok = await ended('@playwright/test/cli.js', ['test'], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  return fromPlaywright(report, ok)
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<boolean>}
 */
function ended(program, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', () => done(false))
    child.once('exit', (code) => done(code === 0))
  })
}
