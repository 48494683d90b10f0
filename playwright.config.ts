import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { TIME_ZONE } from './e2e/people'
import { freePort } from './scripts/free-port.mjs'
import { presentChromium } from './scripts/test/chromium.mjs'

// Journeys run against the launcher with a fresh data folder on a free port; or, for a quick look while writing one, against the
// installation that ON_RECORD_E2E_URL and ON_RECORD_E2E_DATA (its data folder) name.
const running = process.env.ON_RECORD_E2E_URL
// The configuration is read again in each of Playwright's processes: what is random is chosen once, by the first, and inherited.
process.env.E2E_PORT ??= String(await freePort())
process.env.E2E_DATA ??= process.env.ON_RECORD_E2E_DATA ?? freshFolder()
process.env.CHROMIUM_PATH ??= (await presentChromium(import.meta.dirname)) ?? ''

// localhost and not 127.0.0.1: passkeys are bound to a name.
const url = running ?? `http://localhost:${process.env.E2E_PORT}`
const asRoot = process.getuid?.() === 0

/**
 * What looks at pages, or brings its own server: whatever it does, the others find the installation as they know it. Nor does it mind
 * what they do; who exports does, since a log that misses a witness at that moment can't be vouched for.
 */
const APART = /(every-page|content-policy|evidence|sign-in-again|verify-sign-in)\.spec\.ts$/

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/sample-is-complete.ts',
  // The journeys share one installation, as people do. Those that change what everybody meets there go one after the other, and beside
  // them, in a second browser, those that don't.
  workers: 2,
  projects: [
    { name: 'journeys', testIgnore: APART, workers: 1 },
    { name: 'apart', testMatch: APART, workers: 1 },
  ],
  forbidOnly: true,
  // A trace costs more than the journey: whoever fails goes once more, for its trace, and has failed all the same.
  retries: 1,
  failOnFlakyTests: true,
  // Long enough for a machine that does much else: only what hangs is stopped. What has to be quick says so itself.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: url,
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: TIME_ZONE,
    actionTimeout: 20_000,
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--disable-background-networking', ...(asRoot ? ['--no-sandbox'] : [])],
    },
  },
  ...(running ? {} : { webServer: launcher() }),
})

function launcher() {
  return {
    command: 'node bin/on-record.mjs start',
    url: `${url}/api/ready`,
    // Nobody's own database is used by accident.
    env: {
      PORT: process.env.E2E_PORT ?? '',
      ON_RECORD_DATA: process.env.E2E_DATA ?? '',
      ON_RECORD_URL: url,
      DATABASE_URL: '',
      // Nobody wants to wait a minute for the alert that a witness is away.
      ON_RECORD_WITNESS_SECONDS: '5',
    },
    timeout: 600_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  } as const
}

/** In a folder for all that the journeys put down, which goes with the process that made it, and which stops the launcher first. */
function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'on-record-e2e-'))
  chmodSync(folder, 0o711) // PostgreSQL runs under its own account when we are root
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  process.env.TMPDIR = folder
  return join(folder, 'data')
}
