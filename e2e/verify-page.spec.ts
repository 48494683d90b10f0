import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { exported, packed, tampered, unpacked, verify } from './bundle'
import { closedCase } from './findings'
import { expect, PHONE, test } from './test'

const HOME = join(import.meta.dirname, '..')
const SAMPLE = join(HOME, 'docs/vectors/sample-bag')

/** The page without anybody signed in, and what it asked any network for. */
async function opened(
  context: BrowserContext,
  address = '/verify',
): Promise<{ page: Page; asked: string[] }> {
  const page = await context.newPage()
  await page.goto(address)
  const asked: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:')) asked.push(request.url())
  })
  page.on('pageerror', (error) => asked.push(error.message))
  return { page, asked }
}

const verdict = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Verdicts' }).getByRole('row', { name: new RegExp(`^${name}`) })

async function choose(page: Page, ...files: string[]): Promise<void> {
  await page.getByLabel('Choose a bundle (.zip)').setInputFiles(files)
  await expect(page.getByRole('heading', { name: 'Result' })).toBeVisible({ timeout: 30_000 })
}

test('C29: the closed case checks in the browser as with the command, without a sign-in and without a network', async ({
  api,
  context,
}) => {
  const esther = await api('esther')
  const { id } = await closedCase(esther)
  const zip = await exported(esther, id)
  const answer = await context.request.get('/verify')
  expect(answer.headers()['content-security-policy']).toContain("connect-src 'none'")
  const { page, asked } = await opened(context)
  await context.setOffline(true)
  await choose(page, zip)
  await expect(verdict(page, 'Integrity')).toContainText('Pass')
  await expect(verdict(page, 'Completeness')).toContainText('Pass')
  await expect(verdict(page, 'Authenticity')).toContainText('Not shown')
  await expect(page.getByText('Not independent:')).toBeVisible()

  await test.step('the report is the one that the command prints', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save the report as JSON' }).click()
    const saved = JSON.parse(await readFile(await (await download).path(), 'utf8'))
    const { out } = await verify(zip, '--json')
    expect(saved).toEqual(JSON.parse(out))
  })

  await test.step('the proof of an event is drawn, by keyboard alone', async () => {
    const first = page.getByRole('button', { name: `Proof of ${id} event 0` })
    await first.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: `Proof of ${id} event 0` })).toBeFocused()
    await expect(page.getByRole('img', { name: /The way from entry \d+ to the root/ })).toBeVisible()
    await expect(page.getByText('✓ yes')).toBeVisible()
  })
  expect(asked).toEqual([])
})

test('C22, C31, C43: a tampered bundle is refused with the event, and nothing in it becomes part of the page', async ({
  api,
  context,
}) => {
  const esther = await api('esther')
  const { id } = await closedCase(esther)
  const folder = await unpacked(await exported(esther, id))
  const words = '$1<img src=x onerror=alert(1)>\u202e'
  const copy = await tampered(folder, 'data/events.ndjson', /("title":")/, words)
  const { page, asked } = await opened(context)
  await choose(page, await packed(copy))
  await expect(verdict(page, 'Integrity')).toContainText('Fail')
  await expect(page.getByText(`Verification failed at ${id} event 0`)).toBeVisible()
  const finding = page.getByRole('listitem').filter({ hasText: 'entry.mismatch' })
  await expect(finding).toContainText(`${id} event 0`)
  await finding.getByRole('button', { name: 'Look at its proof' }).click()
  await expect(page.getByText('this one was changed or moved', { exact: false }).last()).toBeVisible()
  await expect(page.locator('main img')).toHaveCount(0)
  expect(asked).toEqual([])
})

test('C24, C29: under the auditor’s own policy and kept checkpoint it is verified; saved as a file, it works from a folder', async ({
  browser,
}) => {
  const context = await browser.newContext()
  await context.setOffline(true)
  const { page } = await opened(context, pathToFileURL(join(HOME, 'dist/verify.html')).href)
  const zip = await packed(SAMPLE)
  await choose(page, join(SAMPLE, 'data/log/policy'), join(SAMPLE, 'data/anchors/280.checkpoint'), zip)
  await expect(
    page.getByText('Verified, with auditor and peer as witnesses under your own policy.'),
  ).toBeVisible()
  await expect(page.getByText('The log of 280 that you kept grew into this one.')).toBeVisible()

  await test.step('a checkpoint that contradicts the log says that history was rewritten', async () => {
    const kept = page.getByLabel('Checkpoints of this log that you kept')
    await kept.fill((await kept.inputValue()).replace('Rxkm', 'Rxkn'))
    await page.getByRole('button', { name: 'Check again with these' }).click()
    await expect(page.getByText('log.forked')).toBeVisible()
  })
  await context.close()
})

test('C35: what is no bundle is refused with a sentence; a phone shows it too', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ ...PHONE, ...(baseURL ? { baseURL } : {}) })
  const { page } = await opened(context)
  const files = page.getByLabel('Choose a bundle (.zip)')
  await files.setInputFiles({ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('nonsense') })
  await expect(page.getByRole('alert')).toContainText("This zip can't be read: it has no end record.")
  await files.setInputFiles({ name: 'b.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
  await expect(page.getByText('b.pdf is neither a bundle (.zip) nor')).toBeVisible()
  await choose(page, await packed(SAMPLE))
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect(wider).toBeLessThanOrEqual(0)
  await context.close()
})
