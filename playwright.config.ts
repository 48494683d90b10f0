import { defineConfig } from '@playwright/test'

/**
 * Journeys through the real thing: the launcher on a free port with a fresh data folder (e2e/installation.ts), and Chromium.
 * `ON_RECORD_E2E_URL` and `ON_RECORD_E2E_DATA` point to an installation that runs already, for a quick look while writing one.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/installation.ts',
  // Everybody works in one organisation, and an executor does one thing after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.ON_RECORD_E2E_REPORT ? [['list'], ['json', { outputFile: process.env.ON_RECORD_E2E_REPORT }]] : 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Stockholm',
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    acceptDownloads: true,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
})
