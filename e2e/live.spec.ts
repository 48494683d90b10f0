import { CasePage } from './case-page'
import { finding } from './findings'
import { expect, test } from './test'

test('two people on one case see each other’s comments within a second', async ({ as, api }) => {
  const { case: id } = await (await api('hugo')).promote(finding('Two people look at this'))
  const [ada, bruno] = [new CasePage(await as('ada')), new CasePage(await as('bruno'))]
  await ada.open(id)
  await bruno.open(id)
  for (const [writer, reader, text] of [
    [ada, bruno, 'I am looking at the sessions.'],
    [bruno, ada, 'And I at the deploys.'],
  ] as const) {
    await writer.page.getByRole('textbox', { name: 'Comment' }).fill(text)
    await writer.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
    await expect(writer.record).toContainText(text)
    // From here on it has been on record for a moment already.
    await expect(reader.record).toContainText(text, { timeout: 1_000 })
  }
})

test('C21: a correction stands beside the entry, which stays as it was, and others see it at once', async ({
  as,
  api,
}) => {
  const ada = await api('ada')
  const { case: id } = await (await api('hugo')).promote(finding('A wrong time in the timeline'))
  await ada.act(id, 'add-comment', { text: 'It began at 10:24.' })
  const seq = (await ada.file(id)).timeline.findIndex(({ type }) => type === 'comment.added')
  const [writer, reader] = [new CasePage(await as('bruno')), new CasePage(await as('esther'))]
  await writer.open(id)
  await reader.open(id)
  const entry = (page: CasePage) => page.page.locator(`#event-${seq}`)

  // At the entry, and by the keyboard alone.
  await entry(writer)
    .getByRole('button', { name: /^permitted by/ })
    .press('Enter')
  await entry(writer)
    .getByRole('button', { name: `Correct entry ${seq}` })
    .press('Enter')
  const dialog = writer.page.getByRole('dialog', { name: `Correct entry ${seq}` })
  await dialog.getByLabel('What is right').fill('It began at 10:42.')
  await writer.page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  const notes = entry(reader)
    .getByRole('list', { name: `Corrections of entry ${seq}` })
    .getByRole('listitem')
  await expect(notes).toContainText(/Corrected by .*Bruno Salas.*entry \d+.*It began at 10:42\./s)
  await expect(entry(reader)).toContainText('It began at 10:24.')

  // From the menu, with the entry chosen there: the correction was wrong, too.
  await writer.page.keyboard.press('.')
  await writer.page.getByRole('menuitem', { name: 'Correct an entry' }).click()
  const second = writer.page.getByRole('dialog', { name: 'Correct an entry' })
  await second.getByLabel('Which entry').selectOption(String(seq + 1))
  await second.getByLabel('What is right').fill('It began at 10:43.')
  await writer.send(second, 'Correct')
  await expect(notes).toHaveCount(2)
  await expect(notes.first()).toContainText(`corrects entry ${seq + 1}`)
  await expect(notes.first()).toContainText('It began at 10:43.')
  await reader.page
    .locator(`#event-${seq + 2}`)
    .getByRole('link', { name: 'what it corrects' })
    .click()
  await expect(reader.page).toHaveURL(new RegExp(`#event-${seq + 1}$`))
})

test('C03: a case that passes its due time says so by itself, and waits for the rest of the team', async ({
  as,
  api,
}) => {
  const [hugo, bruno] = [await api('hugo'), await api('bruno')]
  const { case: id } = await hugo.promote(finding('Nobody looks at this'))
  await bruno.act(id, 'declare-no-nhi', { reason: 'Only people did anything' })
  await bruno.act(id, 'confirm-case', { ...CONTEXT, note: 'I saw the same sessions.' })
  const page = new CasePage(await as('bruno'))
  await page.open(id)
  const due = new Date(Date.now() + 4_000).toISOString()
  await bruno.act(id, 'assign-case', { assignee: 'usr_ada', due })
  const note = page.page.getByRole('main').locator('p').filter({ hasText: 'Overdue.' })
  await expect(note).toContainText('Ada Okafor')
  await expect(note).toContainText('Grace Lim (same team)')
  await page.isIn('assign')
  await expect(page.record).toContainText('found the case overdue')

  const grace = await as('grace')
  await grace.goto('/inbox')
  await expect(grace.getByRole('row', { name: /Nobody looks at this/ })).toContainText('escalated')
})
test('what is so already is said, and nobody is asked to send it again', async ({ as, api }) => {
  const { case: id } = await (await api('hugo')).promote(finding('Linked at the same moment'))
  const page = await as('bruno')
  await page.goto(`/cases/${id}?do=linkNhi`)
  const dialog = page.getByRole('dialog', { name: 'Link an identity' })
  await dialog.getByLabel('Identity').selectOption('nhi_mailer')
  await dialog.getByLabel('How it is involved').fill('The log names it')
  await (await api('ada')).act(id, 'link-nhi', { nhi: 'nhi_mailer', reason: 'It is named in the log' })
  await expect(dialog.getByText('While you were writing')).toBeVisible()
  await dialog.getByRole('button', { name: 'Link', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('mailer is linked already.')
  await expect(dialog.getByRole('alert')).not.toContainText('Send it again')
  await expect(dialog.getByRole('button', { name: 'Link', exact: true })).toBeVisible()
})

const CONTEXT = { criticality: 'high', privilege: 'moderate', exposure: 'internal' }

test('C18: a stale command gets a clear conflict, and what was typed is kept', async ({ as, api }) => {
  const ada = await api('ada')
  const { case: id } = await (await api('hugo')).promote(finding('Somebody else was faster'))
  const page = new CasePage(await as('bruno'))
  await page.open(id)
  const dialog = await page.press('Severity medium', 'Set the severity')
  await dialog.getByLabel(/^Why/).fill('It reaches production after all.')
  await dialog.getByRole('radio', { name: 'critical' }).check()

  // The command is on its way when Ada’s arrives first.
  await page.page.route(
    '**/set-severity',
    async (route) => {
      await ada.act(id, 'set-severity', { severity: 'low', reason: 'Staging only' })
      await route.continue()
    },
    { times: 1 },
  )
  await dialog.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('What you typed is kept')
  await expect(dialog.getByText('While you were writing')).toBeVisible()
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Ada Okafor' })).toContainText(
    'set the severity to low',
  )
  await expect(dialog.getByLabel(/^Why/)).toHaveValue('It reaches production after all.')
  expect((await ada.file(id)).severity).toBe('low')

  await page.send(dialog, 'Send it now')
  await expect.poll(async () => (await ada.file(id)).severity).toBe('critical')
})

test('a comment that is half written survives a reload', async ({ as, api }) => {
  const { case: id } = await (await api('hugo')).promote(finding('An interruption'))
  const page = new CasePage(await as('ada'))
  await page.open(id)
  await page.page.getByRole('textbox', { name: 'Comment' }).fill('Half a thou')
  await page.page.reload()
  await expect(page.page.getByRole('textbox', { name: 'Comment' })).toHaveValue('Half a thou')
})
