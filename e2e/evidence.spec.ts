import { createHash, randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { CasePage } from './case-page'
import { finding } from './findings'
import { expect, test } from './test'

test('C34: files come by button, by drop and by paste, with their progress, and are hashed as they arrive', async ({
  as,
  api,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('Files'))
  const page = await as('ada')
  await new CasePage(page).open(id)
  const evidence = page.getByRole('region', { name: 'Evidence' })
  const content = `session list ${randomUUID()}`

  await test.step('by button, with progress while it is on its way', async () => {
    let release = () => {}
    const released = new Promise<void>((done) => {
      release = done
    })
    await page.route('**/evidence?*', (route) => released.then(() => route.continue()), { times: 1 })
    const choosing = page.waitForEvent('filechooser')
    await evidence.getByRole('button', { name: 'Files' }).click()
    await (await choosing).setFiles({
      name: 'sessions.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(content),
    })
    await expect(evidence.getByRole('progressbar', { name: /^Sending sessions\.txt/ })).toBeVisible()
    release()
    await expect(evidence.getByRole('link', { name: 'sessions.txt' })).toBeVisible()
    await expect(evidence.getByRole('progressbar')).toHaveCount(0)
  })
  await test.step('by drop', async () => {
    await give(page, 'drop', 'dropped.log', `a line ${randomUUID()}`)
    await expect(evidence.getByRole('link', { name: 'dropped.log' })).toBeVisible()
  })
  await test.step('by paste, anywhere on the page', async () => {
    await give(page, 'paste', 'pasted.csv', `a,b\n1,${randomUUID()}\n`)
    await expect(evidence.getByRole('link', { name: 'pasted.csv' })).toBeVisible()
  })
  await test.step('what comes back is what went in', async () => {
    const file = await (await api('grace')).file(id)
    const kept = file.evidence.find(({ name }) => name === 'sessions.txt')
    expect(kept?.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    expect(kept?.bytes).toBe(content.length)
    const downloading = page.waitForEvent('download')
    await evidence.getByRole('link', { name: 'sessions.txt' }).click()
    const stream = await (await downloading).createReadStream()
    expect(Buffer.concat(await stream.toArray()).toString()).toBe(content)
  })
})

test('a file that could not be sent stays, with the way to send it again', async ({ as, api }) => {
  const { case: id } = await (await api('hugo')).promote(finding('A bad line'))
  const page = await as('ada')
  await new CasePage(page).open(id)
  await page.route('**/evidence?*', (route) => route.abort('connectionreset'), { times: 1 })
  await give(page, 'drop', 'kept.txt', 'kept')
  const evidence = page.getByRole('region', { name: 'Evidence' })
  await expect(evidence.getByRole('alert')).toContainText('The file is kept here')
  await evidence.getByRole('button', { name: 'Send it again' }).click()
  await expect(evidence.getByRole('link', { name: 'kept.txt' })).toBeVisible()
})

const ACTIVE = {
  'page.html': '<!doctype html><script>document.title = "ran"</script><h1>hello</h1>',
  'drawing.svg':
    '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "ran"</script><circle r="9"/></svg>',
}

test('C35: a page or a drawing among the evidence is never rendered, only downloaded', async ({
  as,
  api,
}) => {
  const ada = await api('ada')
  const { case: id } = await ada.promote(finding('Active files'))
  const page = await as('ada')
  await new CasePage(page).open(id)
  for (const [name, content] of Object.entries(ACTIVE)) {
    const sent = await ada.request.post(`/api/v1/cases/${id}/evidence?name=${name}&source=a+test`, {
      data: Buffer.from(content),
      headers: { 'content-type': 'text/html' },
    })
    expect(sent.status()).toBe(201)
    const { sha256 } = (await sent.json()) as { sha256: string }
    const address = `/api/v1/cases/${id}/evidence/${sha256}`

    const headers = (await ada.request.get(address)).headers()
    expect(headers['content-disposition']).toMatch(/^attachment/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['content-type']).not.toMatch(/html|svg|xml/)

    const downloading = page.waitForEvent('download')
    await page.goto(address).catch(() => undefined)
    expect((await downloading).suggestedFilename()).toBe(name)
    expect(await page.title()).not.toBe('ran')
  }
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Active files')
})

/** What a browser does when a file is dropped on the evidence, or pasted on the page. */
async function give(page: Page, how: 'drop' | 'paste', name: string, content: string): Promise<void> {
  await page.evaluate(
    ([how, name, content]) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([content], name, { type: 'text/plain' }))
      const place = document.querySelector('section[aria-labelledby=evidence-title] > div:last-child')
      const event =
        how === 'drop'
          ? new DragEvent('drop', { dataTransfer: clipboardData, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      ;(how === 'drop' ? place : document.body)?.dispatchEvent(event)
    },
    [how, name, content] as const,
  )
}
