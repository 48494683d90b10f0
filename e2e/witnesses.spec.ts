import type { Page } from '@playwright/test'
import { CasePage } from './case-page'
import { finding } from './findings'
import { expect, test } from './test'
import { startWitness, type Witness } from './witness'

const [FIRST, SECOND] = ['witness.other-team.example/one', 'witness.auditors.example/two']
type Registry = { witnesses: { list: { vkey: string }[]; log: { vkeys: string[] } } }
const running: Witness[] = []

test.afterEach(async ({ api }) => {
  const farid = await api('farid')
  const { witnesses } = await farid.get<Registry>('/api/v1/settings')
  if (witnesses.list.length > 1)
    await farid.ask('/api/v1/registry/set-witness-quorum', { quorum: 1, reason: 'The journey is over.' })
  for (const { vkey } of witnesses.list)
    await farid.ask('/api/v1/registry/remove-witness', { vkey, reason: 'The journey is over.' })
  await Promise.all(running.splice(0).map((each) => each.stop()))
})

async function witnessed(name: string, log: string, again?: Witness): Promise<Witness> {
  const witness = await startWitness(name, log, again)
  running.push(witness)
  return witness
}

/** What the other team was told to run: the log's key stands in the command. */
async function logKey(page: Page): Promise<string> {
  const command = await page.locator('pre').filter({ hasText: 'npx on-record witness' }).textContent()
  return /--log '([^']+)'/.exec(command ?? '')?.[1] ?? ''
}

async function add(page: Page, { vkey, url }: Witness): Promise<void> {
  await page.getByRole('button', { name: 'Add a witness' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a witness' })
  await dialog.getByLabel('Its verifier key').fill(vkey)
  await dialog.getByLabel('Its address').fill(url)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog).toBeHidden()
}

test('C26 C27 an administrator adds witnesses, and an event becomes witnessed before the reader’s eyes', async ({
  as,
  api,
}) => {
  const farid = await as('farid')
  await farid.goto('/settings?tab=witnesses')
  await expect(farid.getByText('Nobody else vouches for the log')).toBeVisible()
  const log = await logKey(farid)

  // Ada reads a case meanwhile: its events are sealed, and nobody else vouches for them yet.
  const { case: id } = await (await api('hugo')).promote(finding('Somebody else shall vouch for this'))
  const ada = new CasePage(await as('ada'))
  await ada.open(id)
  const seals = ada.record.getByRole('button', { name: /^(recorded|sealed|witnessed), hash/ })
  await expect(seals.first()).toHaveAccessibleName(/^sealed/)

  const first = await witnessed(FIRST, log)
  await add(farid, first)
  await farid.getByRole('button', { name: `Ask ${FIRST} now` }).click()
  await expect(farid.getByText('The witness signed')).toBeVisible()
  await expect(farid.getByText(/^Signed all of the log/)).toBeVisible()
  for (const seal of await seals.all()) await expect(seal).toHaveAccessibleName(/^witnessed/)

  // Two of two from now on: what one has signed is not enough any more.
  const second = await witnessed(SECOND, log)
  await add(farid, second)
  await farid.getByRole('button', { name: 'Change how many' }).click()
  const dialog = farid.getByRole('dialog', { name: 'How many witnesses must sign' })
  await dialog.getByLabel('Witnesses').fill('2')
  await dialog.getByLabel(/^Why/).fill('One alone could be talked round.')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(farid.getByText('2 of 2 witnesses must sign')).toBeVisible()
  await expect(farid.getByText(/^Signed all of the log/)).toHaveCount(2)
  for (const seal of await seals.all()) await expect(seal).toHaveAccessibleName(/^witnessed/)

  // One goes away: what happens next is sealed, and not witnessed, and somebody is told.
  await second.stop()
  await ada.page.getByRole('textbox', { name: 'Comment' }).fill('Is the other witness down?')
  await ada.page.getByRole('button', { name: 'Comment', exact: true }).last().click()
  const entry = ada.record.getByRole('listitem').filter({ hasText: 'Is the other witness down?' })
  await expect(entry.getByRole('button', { name: /, hash/ })).toHaveAccessibleName(/^sealed/)
  const alert = farid.getByRole('alert').filter({ hasText: 'to be witnessed' })
  await expect(alert).toBeVisible({ timeout: 40_000 })
  await expect(farid.getByText('It can not be reached: nothing answers there (ECONNREFUSED).')).toBeVisible()
  await farid.getByRole('button', { name: `Ask ${SECOND} now` }).click()
  await expect(farid.getByText('nothing answers there').nth(1)).toBeVisible()

  // It comes back by itself, with its key and its memory, and nobody has to do anything.
  await witnessed(SECOND, log, second)
  for (const seal of await seals.all())
    await expect(seal).toHaveAccessibleName(/^witnessed/, { timeout: 70_000 })
  await expect(alert).toBeHidden()
})
