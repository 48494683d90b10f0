import { CasePage } from './case-page'
import { finding } from './findings'
import { expect, test } from './test'

test('C36 what should never have been said is erased by two people, and the page says so plainly', async ({
  as,
  api,
}) => {
  const hugo = await api('hugo')
  const words = `Margarethe Quist ${crypto.randomUUID()}`
  const { case: id } = await hugo.promote(finding('A customer complains'))
  await hugo.act(id, 'add-comment', { text: `Her name is ${words}` })

  const ada = new CasePage(await as('ada'))
  await ada.open(id)
  const entry = ada.record.getByRole('listitem').filter({ hasText: words })
  await entry.getByRole('button', { name: /permitted by/ }).click()
  await entry.getByRole('button', { name: /^Erase what entry \d+ says$/ }).click()
  const asking = ada.page.getByRole('dialog', { name: 'Erase what was said' })
  await expect(asking).toContainText('the comment of entry')
  await asking.getByLabel('Why it must go').fill('The customer asked for it')
  await ada.send(asking, 'Ask for it to be erased')
  await expect(ada.page.getByRole('region', { name: 'To be erased' })).toContainText(
    'The customer asked for it',
  )

  const chiara = new CasePage(await as('chiara'))
  await chiara.page.goto('/approvals')
  await chiara.page
    .getByRole('region', { name: 'To be erased' })
    .getByRole('listitem')
    .filter({ hasText: 'The customer asked for it' })
    .getByRole('link')
    .first()
    .click()
  const agreeing = await chiara.press('Agree and erase', 'Agree, and erase it now')
  await chiara.send(agreeing, 'Erase it')

  await expect(ada.page.getByText(words)).toHaveCount(0)
  await expect(ada.record.getByText('Erased').first()).toBeVisible()
  await expect(ada.record).toContainText('Chiara Lind')
  await expect(ada.page.getByRole('region', { name: 'To be erased' })).toHaveCount(0)
  expect(JSON.stringify(await hugo.file(id))).not.toContain(words)
})

test('C36 a legal hold stands first on the case’s page, and nothing goes until somebody else has lifted it', async ({
  as,
  api,
}) => {
  const [hugo, ada, farid] = [await api('hugo'), await api('ada'), await api('farid')]
  const { case: id } = await hugo.promote(finding('Something before the court'))
  await farid.act(id, 'place-hold', { reason: 'The court asked for everything' })
  const refused = await ada.ask(`/api/v1/cases/${id}/request-erasure`, { seqs: [0], reason: 'x' })
  expect(refused.status()).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'held' })

  const his = await as('farid')
  await his.goto(`/cases/${id}`)
  const mine = his.getByRole('list', { name: 'Legal holds' })
  await expect(mine).toContainText('The court asked for everything')
  await expect(mine.getByRole('button', { name: 'Lift the hold' })).toHaveAttribute('aria-disabled', 'true')

  const esther = new CasePage(await as('esther'))
  await esther.page.goto('/settings?tab=erasure')
  await esther.page.getByRole('link', { name: /Something before the court/ }).click()
  const lifting = await esther.press('Lift the hold', 'Lift the legal hold')
  await lifting.getByLabel('Why nothing has to be kept any more').fill('The court has decided')
  await esther.send(lifting, 'Lift it')
  await expect(esther.page.getByRole('list', { name: 'Legal holds' })).toHaveCount(0)
})
