import { spawn } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { presentChromium } from '../scripts/test/chromium.mjs'
import { POLICY, writeLargeBundle } from './large-bundle'

/** How long an auditor waits for a verdict on an export of so many events: with the command, and on the page. In words. */
export async function verifying(home: string, events: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-bench-verify-'))
  try {
    const zip = await writeLargeBundle(events, join(folder, 'bundle.zip'))
    const policy = join(folder, 'policy')
    await writeFile(policy, POLICY)
    const { size } = await stat(zip)
    const command = await withCommand(home, zip, policy)
    const page = await onPage(home, zip, policy)
    return [
      `An export of ${events} events: ${(size / 1e6).toFixed(0)} MB, ${(size / events).toFixed(0)} bytes an event with its proof.`,
      told('The command', events, command.seconds, `, ${(command.memory / 1e6).toFixed(0)} MB at most`),
      page === null ? 'The page: no Chromium here.' : told('The page, in Chromium', events, page, ''),
    ].join('\n')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function told(who: string, events: number, seconds: number, more: string): string {
  return `${who}: verified in ${seconds.toFixed(1)} s, ${(events / seconds).toFixed(0)} events a second${more}.`
}

// Prints its own peak when it has done its work, in kB.
const WITH_PEAK = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))`

function withCommand(
  home: string,
  zip: string,
  policy: string,
): Promise<{ seconds: number; memory: number }> {
  const begun = performance.now()
  const preload = `data:text/javascript,${encodeURIComponent(WITH_PEAK)}`
  const args = ['--import', preload, join(home, 'dist', 'verify.mjs'), zip, '--policy', policy]
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (part) => {
      said += part
    })
    child.once('error', fail)
    child.once('exit', (code) => {
      const seconds = (performance.now() - begun) / 1000
      const peak = Number(/peak (\d+)$/.exec(said)?.[1] ?? 0) * 1024
      if (code === 0) done({ seconds, memory: peak })
      else fail(new Error(`The verifier ended with ${code}: ${said}`))
    })
  })
}

/** Seconds from choosing the file to the verdict; null without a browser. */
async function onPage(home: string, zip: string, policy: string): Promise<number | null> {
  const executablePath = await presentChromium(home)
  if (!executablePath) return null
  const args = ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath, args })
  try {
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(home, 'dist', 'verify.html')).href)
    await page.setInputFiles('#own-policy-file', policy)
    await page.waitForFunction('document.getElementById("own-policy").value !== ""')
    const begun = performance.now()
    await page.setInputFiles('#choose', zip)
    const conclusion = page.locator('.conclusion')
    await conclusion.waitFor({ timeout: 600_000 })
    const said = await conclusion.textContent()
    if (!said?.startsWith('Verified')) throw new Error(`The page says: ${said}`)
    return (performance.now() - begun) / 1000
  } finally {
    await browser.close()
  }
}
