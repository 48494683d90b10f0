import type { HistoryPage } from '@/lib/act/view/entry'
import type { ExportPage, ExportView } from '@/lib/act/view/export'
import { ownPolicy, verify } from './bundle'
import { closedCase } from './findings'
import { today } from './people'
import { expect, test } from './test'

test('C29, C30: the auditor exports a period, sees it being written, cancels another, fetches one, and checks it without us', async ({
  as,
  api,
}, info) => {
  const [esther, request] = [await as('esther'), await api('esther')]
  await closedCase(request)
  const list = esther.getByRole('table', { name: 'Exports' })
  const purpose = `Audit of this month ${Date.now()}`

  await test.step('from the history to a period', async () => {
    await esther.goto('/history')
    await esther.getByRole('link', { name: 'Export a period, or more' }).click()
    const dialog = esther.getByRole('dialog', { name: 'New export' })
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(dialog.getByText('This is needed.')).toBeVisible()
    await dialog.getByLabel('From').fill(`${today().slice(0, 8)}01`)
    await dialog.getByLabel('To', { exact: true }).fill(today())
    await dialog.getByLabel('What it is for').fill(purpose)
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(dialog).toBeHidden()
  })

  const mine = list.getByRole('row').filter({ hasText: purpose })
  await test.step('it is written while the page shows how far it is', async () => {
    await expect(mine).toBeVisible()
    await expect(mine.getByText(/of [\d,.]+ events|^SHA-256/)).toBeVisible()
    await expect(mine.getByRole('link', { name: /^Download/ })).toBeVisible({ timeout: 30_000 })
    await expect(mine.getByRole('progressbar')).toHaveCount(0)
  })

  await test.step('C30: one that nobody needs is cancelled before it is written', async () => {
    const asked: ExportView[] = []
    for (let number = 0; number < 8; number++) {
      const answer = await request.ask('/api/v1/exports', {
        scope: 'everything',
        purpose: `Number ${number}`,
      })
      expect(answer.status()).toBe(202)
      asked.push((await answer.json()) as ExportView)
    }
    await esther.goto('/exports')
    const last = list.getByRole('row').filter({ hasText: 'Number 7' })
    await expect(last.getByRole('progressbar')).toBeVisible()
    await last.getByRole('button', { name: /^Cancel/ }).click()
    await expect(last).toContainText('Cancelled: nothing of it was kept.')
    const refused = await request.request.get(`/api/v1/exports/${asked.at(-1)?.id}/file`)
    expect(refused.status()).toBe(409)
    for (const { id } of asked.slice(2, -1)) await request.ask(`/api/v1/exports/${id}/cancel`, {})
  })

  await test.step('C29: the file is taken away, in parts if need be, and verifies', async () => {
    const downloading = esther.waitForEvent('download')
    await mine.getByRole('link', { name: /^Download/ }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^period-[\d-]+\.zip$/)
    const zip = info.outputPath('period.zip')
    await download.saveAs(zip)
    const keys = await (await api('farid')).get<{ keys: { use: string; kid: string }[] }>('/api/v1/settings')
    const policy = await ownPolicy(keys.keys.find(({ use }) => use === 'log')?.kid ?? '')
    const verdict = await verify(zip, '--policy', policy)
    expect(verdict.out).toContain('Nothing wrong was found')
    expect(verdict.code).toBe(0)

    const { rows } = await request.get<ExportPage>('/api/v1/exports')
    const row = rows.find((each) => each.purpose === purpose)
    const part = await request.request.get(`/api/v1/exports/${row?.id}/file`, {
      headers: { range: 'bytes=0-3' },
    })
    expect(part.status()).toBe(206)
    expect((await part.body()).toString()).toBe('PK\u0003\u0004')
    expect(part.headers()['content-range']).toBe(`bytes 0-3/${row?.file?.bytes}`)
    expect(part.headers().etag).toBe(`"${row?.file?.sha256}"`)
  })

  await test.step('C30: who asked, who cancelled and who took it away is on the record', async () => {
    const { rows } = await request.get<HistoryPage>('/api/v1/history?case=registry')
    const types = rows.filter(({ who }) => who.id === 'usr_esther').map(({ type }) => type)
    expect(types).toEqual(expect.arrayContaining(['record.exported', 'export.cancelled', 'export.fetched']))
  })
})

test('C30: what the history shows is exported: counted first, recorded with its filter', async ({
  as,
  api,
}, info) => {
  const [esther, request] = [await as('esther'), await api('esther')]
  await closedCase(request)
  const purpose = `Approvals ${Date.now()}`
  await esther.goto('/history?type=approval.&outcome=permitted')
  await esther.getByRole('link', { name: 'Export these cases' }).click()
  const dialog = esther.getByRole('dialog', { name: /^Export [\d,]+ cases?/ })
  await expect(dialog).toContainText('of type approval.*, permitted')
  await info.attach('counted', { body: await esther.screenshot(), contentType: 'image/png' })
  await dialog.getByLabel('What it is for').fill(purpose)
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const mine = esther.getByRole('table', { name: 'Exports' }).getByRole('row').filter({ hasText: purpose })
  await expect(mine).toContainText('of type approval.*, permitted')
  await expect(mine.getByRole('link', { name: /^Download/ })).toBeVisible({ timeout: 30_000 })
  await expect(esther).toHaveURL(/\/exports$/)
  const { rows } = await request.get<ExportPage>('/api/v1/exports')
  const row = rows.find((each) => each.purpose === purpose)
  expect(row).toMatchObject({ scope: 'cases', status: 'done' })

  await esther.goto('/history?from=2026-01-01&to=2026-01-31')
  await esther.getByRole('link', { name: 'Export this period' }).click()
  const period = esther.getByRole('dialog', { name: 'New export' })
  await expect(period.getByLabel('From')).toHaveValue('2026-01-01')
  await expect(period.getByLabel('To', { exact: true })).toHaveValue('2026-01-31')
})

test('C12, C13, C30: nobody but an auditor exports the record or takes a file away, and each attempt is on record', async ({
  as,
  api,
}) => {
  const [ada, farid, esther] = await Promise.all([api('ada'), api('farid'), api('esther')])
  for (const person of [ada, farid]) {
    const refused = await person.ask('/api/v1/exports', { scope: 'everything', purpose: 'Curiosity' })
    expect(refused.status()).toBe(403)
  }
  const page = await as('ada')
  await page.goto('/exports')
  await expect(page.getByText('The exports can’t be shown')).toBeVisible()

  const { rows } = await esther.get<HistoryPage>('/api/v1/history?case=registry&type=policy.denied')
  const denied = rows.filter(({ data }) => data.command === 'exportRecord').map(({ who }) => who.id)
  expect(denied).toEqual(expect.arrayContaining(['usr_ada', 'usr_farid']))
})
