import { CasePage } from './case-page'
import { closedCase } from './findings'
import { PEOPLE, today } from './people'
import { expect, test } from './test'

test('the auditor asks the history by case, person, kind and day; the address keeps the question', async ({
  as,
  api,
}) => {
  const esther = await as('esther')
  const closed = await closedCase(await api('esther'))
  await esther.goto('/history')
  const history = esther.getByRole('table', { name: 'History' })
  await expect(history).toBeVisible()

  await esther.getByRole('searchbox', { name: 'Case' }).fill(String(closed.number))
  await expect(esther).toHaveURL(new RegExp(`case=${closed.id}`))
  await esther.getByRole('combobox', { name: 'What' }).selectOption({ label: 'Approvals and refusals' })
  await expect(esther).toHaveURL(/type=approval/)
  await esther.getByRole('combobox', { name: 'Who' }).selectOption({ label: PEOPLE.chiara.name })
  await expect(esther).toHaveURL(/actor=usr_chiara/)
  await esther.getByLabel('From', { exact: true }).fill(today())
  const address = `/history?case=${closed.id}&type=approval.&actor=usr_chiara&from=${today()}`
  await expect(esther).toHaveURL(address)
  const entries = history.getByRole('row').filter({ hasText: PEOPLE.chiara.name })
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText('approved')
  await expect(entries.getByRole('button', { name: /^(sealed|witnessed)/ })).toBeVisible()

  await test.step('whoever gets the address sees the same', async () => {
    const farid = await as('farid')
    await farid.goto(address)
    const same = farid
      .getByRole('table', { name: 'History' })
      .getByRole('row')
      .filter({ hasText: PEOPLE.chiara.name })
    await expect(same).toHaveCount(1)
    await expect(farid.getByRole('combobox', { name: 'Who' })).toHaveValue(PEOPLE.chiara.id)
    await expect(farid.getByRole('searchbox', { name: 'Case' })).toHaveValue(String(closed.number))
  })

  await test.step('an entry’s link leads to it on the case’s page', async () => {
    const link = entries.getByRole('link', { name: `${closed.number} #` })
    const [path = '', event = ''] = (await link.getAttribute('href'))?.split('#') ?? []
    expect(path).toBe(`/cases/${closed.id}`)
    await link.click()
    const entry = esther.locator(`[id="${event}"]:target`)
    await expect(entry).toContainText(PEOPLE.chiara.name)
    await expect(entry).toContainText('approved')
    await expect(entry).toBeInViewport()
    await expect(esther).toHaveURL(new RegExp(`${path}#${event}$`))
    await esther.goBack()
    await expect(entries).toHaveCount(1)
    await esther.goForward()
    await expect(entry).toBeInViewport()
    await expect(esther).toHaveURL(new RegExp(`${path}#${event}$`))
  })
})

test('filters that are set faster than the page can show them are all kept', async ({ as }) => {
  const page = await as('esther')
  await page.goto('/history')
  const choices = { About: 'case', What: 'approval.', Outcome: 'permitted' }
  const days = { From: '2026-01-01', To: '2026-12-31' }
  const slowly = await page.context().newCDPSession(page)
  await slowly.send('Emulation.setCPUThrottlingRate', { rate: 8 })
  for (let round = 0; round < 2; round++) {
    for (const [name, choice] of Object.entries(choices))
      await page.getByRole('combobox', { name }).selectOption(choice)
    for (const [name, day] of Object.entries(days)) await page.getByLabel(name, { exact: true }).fill(day)
    await expect(page.getByLabel('To', { exact: true })).toHaveValue(days.To)
    await expect(page).toHaveURL(
      '/history?kind=case&type=approval.&outcome=permitted&from=2026-01-01&to=2026-12-31',
    )
    for (const name of Object.keys(choices)) await page.getByRole('combobox', { name }).selectOption('')
    for (const name of Object.keys(days)) await page.getByLabel(name, { exact: true }).fill('')
    await expect(page).toHaveURL('/history')
  }
})

test('C12, C30: an analyst gets no export, sees why, and the attempt is on record', async ({ as, api }) => {
  const [ada, esther] = await Promise.all([api('ada'), api('esther')])
  const { id } = await closedCase(esther)
  const page = new CasePage(await as('ada'))
  await page.open(id)
  await page.page.keyboard.press('.')
  const item = page.page.getByRole('menuitem', { name: /^Export/ })
  await expect(item).toHaveAttribute('aria-disabled', 'true')
  await expect(item).toContainText(/auditor/i)

  const refused = await ada.ask(`/api/v1/cases/${id}/export`, { purpose: 'Curiosity' })
  expect(refused.status()).toBe(403)
  expect(await refused.json()).toMatchObject({ refused: true, code: 'forbidden' })
  const { timeline } = await esther.file(id)
  const attempt = timeline.findLast(({ type }) => type === 'policy.denied')
  expect(attempt).toMatchObject({ who: { id: 'usr_ada' }, data: { command: 'exportCase' } })
  expect(attempt?.policy).toMatchObject({ decision: 'deny' })

  const allowed = await esther.ask(`/api/v1/cases/${id}/export`, { purpose: 'Yearly audit' })
  expect(allowed.headers()['content-type']).toBe('application/zip')
  const after = await esther.file(id)
  expect(after.timeline.findLast(({ type }) => type === 'case.exported')).toMatchObject({
    who: { id: 'usr_esther' },
    data: { purpose: 'Yearly audit' },
  })
})
