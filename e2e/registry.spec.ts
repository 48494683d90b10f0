import { approve, until } from './api'
import { CasePage } from './case-page'
import { inAct, proposed } from './findings'
import { PEOPLE } from './people'
import { expect, test } from './test'

const HEAD = 'name,kind,system,account,environment,privilege,reach,criticality,domain,purpose,owner'

test('a list of identities is checked line by line before anything is stored', async ({ as, api }) => {
  const run = String(Date.now())
  const farid = await as('farid')
  const { members } = await (await api('farid')).get<{ members: { id: string; email: string }[] }>(
    '/api/v1/members',
  )
  const ivo = members.find((member) => member.id === PEOPLE.ivo.id)?.email ?? ''
  const line = (name: string, more = `production,read,Reads stock,low,orders,Counts stock,${ivo}`) =>
    `${name},service-account,warehouse,${name},${more}`
  const csv = [
    HEAD,
    line(`stock-${run}`),
    line(`nobody-${run}`, 'production,read,Reads stock,low,orders,Counts stock,nobody@halden.example'),
    line(`where-${run}`, `moon,read,Reads stock,low,orders,Counts stock,${ivo}`),
  ].join('\n')

  await farid.goto('/identities')
  await farid.getByRole('button', { name: 'Import a list' }).click()
  const dialog = farid.getByRole('dialog', { name: 'Import identities' })
  await dialog.getByLabel('CSV').fill(csv)
  await dialog.getByRole('button', { name: 'Check it' }).click()
  await expect(dialog.getByRole('status')).toContainText('1 new, 0 changed, 2 with errors')
  const lines = dialog.getByRole('region', { name: 'Lines' })
  await expect(lines.getByRole('row').filter({ hasText: `stock-${run}` })).toContainText('new')
  await expect(lines.getByRole('row').filter({ hasText: `nobody-${run}` })).toContainText('owner:')
  await expect(lines.getByRole('row').filter({ hasText: `where-${run}` })).toContainText('environment:')
  expect(JSON.stringify(await (await api('farid')).get('/api/v1/nhis'))).not.toContain(run)

  await dialog.getByRole('button', { name: 'Import 1 line' }).click()
  await expect(dialog).toBeHidden()
  await farid.getByRole('searchbox', { name: 'Search identities' }).fill(run)
  await expect(farid.getByRole('table', { name: 'Identities' }).getByRole('link')).toHaveCount(1)
  await farid.getByRole('link', { name: `stock-${run}` }).click()
  await expect(farid.getByRole('heading', { name: `stock-${run}`, level: 1 })).toBeVisible()
  await expect(farid.getByRole('main')).toContainText(PEOPLE.ivo.name)
  await expect(farid.getByRole('main')).toContainText('Reads stock')
})

test('C64: one click stops an executor; an approved change isn’t carried out until it may act again', async ({
  as,
  api,
}) => {
  const [ada, bruno, hugo, chiara] = await Promise.all([api('ada'), api('bruno'), api('hugo'), api('chiara')])
  const id = await inAct({ ada, bruno, hugo }, 'A change that is stopped', 'nhi_svc-orders')
  const request = await proposed(ada, id, 'nhi_svc-orders')
  expect((await approve(chiara, id, request)).ok()).toBe(true)

  const farid = await as('farid')
  await farid.goto('/identities/nhi_executor-postgres')
  await farid.getByRole('button', { name: 'Stop it at once' }).click()
  const stop = farid.getByRole('dialog', { name: 'Stop postgres-executor at once' })
  await stop.getByLabel('Why').fill('It did something that nobody asked for.')
  await stop.getByRole('button', { name: 'Stop it' }).click()
  await expect(stop).toBeHidden()
  const enable = farid.getByRole('button', { name: 'Enable it' })
  await expect(enable).toBeVisible()

  try {
    await test.step('nothing is carried out, and the page says why', async () => {
      const started = await ada.ask(`/api/v1/cases/${id}/start-execution`, { request })
      expect(started.status()).toBe(409)
      expect(await started.json()).toMatchObject({ refused: true, sentence: 'The executor is disabled.' })
      const page = new CasePage(await as('ada'))
      await page.open(id)
      await expect(
        page.page.getByRole('button', { name: /^Carry it out \(not now: .*disabled/ }),
      ).toBeVisible()
      const file = await ada.file(id)
      expect(file.actions).toMatchObject([{ status: 'approved', warrant: null, result: null }])
    })
  } finally {
    await enable.click()
    const dialog = farid.getByRole('dialog', { name: 'Let postgres-executor act again' })
    await dialog.getByLabel('Why').fill('It was somebody’s test; the key is a new one.')
    await dialog.getByRole('button', { name: 'Enable' }).click()
    await expect(dialog).toBeHidden()
  }
  await expect(farid.getByRole('button', { name: 'Stop it at once' })).toBeVisible()
  await expect(farid.getByRole('main')).toContainText('It did something that nobody asked for.')

  await ada.act(id, 'start-execution', { request })
  await until(ada, id, ({ actions }) => actions[0]?.status === 'executed')
})
