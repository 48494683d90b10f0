import { finding } from './findings'
import { PEOPLE } from './people'
import { expect, test } from './test'

test('several cases are asked of somebody at once; what the rules say no to stays selected, with its reason', async ({
  as,
  api,
}) => {
  const mark = String(Date.now())
  const [hugo, bruno] = [await api('hugo'), await api('bruno')]
  const made = []
  for (const what of ['ready', 'also ready', 'unready'])
    made.push(await hugo.promote(finding(`${mark} ${what}`)))
  for (const { case: id } of made.slice(0, 2)) {
    await bruno.act(id, 'declare-no-nhi', { reason: 'Nobody signed in' })
    await bruno.act(id, 'confirm-case', {
      ...{ criticality: 'high', privilege: 'moderate', exposure: 'internal' },
      note: 'I saw the same sessions.',
    })
  }
  const ada = await as('ada')
  await ada.goto(`/inbox?view=open&q=${mark}`)
  const bar = ada.getByRole('region', { name: 'Selected cases' })
  await expect(bar).toHaveCount(0)
  for (const { number } of made) await ada.getByRole('checkbox', { name: `Select case ${number}` }).check()
  await ada.getByRole('link', { name: `${mark} unready` }).focus()
  await ada.keyboard.press('x')
  await expect(bar).toContainText('2 selected')
  await ada.keyboard.press('x')
  await expect(bar).toContainText('3 selected')
  const grace = bar.getByLabel('Who takes them').locator('option', { hasText: PEOPLE.grace.name })
  await bar.getByLabel('Who takes them').selectOption(await grace.getAttribute('value'))
  await bar.getByRole('button', { name: 'Ask to take them' }).click()

  await expect(bar.getByRole('listitem')).toHaveCount(1)
  await expect(bar.getByRole('link')).toHaveText(String(made[2]?.number))
  await expect(bar).toContainText('1 selected')
  for (const { case: id } of made.slice(0, 2))
    expect((await bruno.file(id)).assignee).toMatchObject({ id: PEOPLE.grace.id })
  expect((await bruno.file(made[2]?.case ?? '')).assignee).toBeNull()
  await bar.getByRole('button', { name: 'Clear' }).click()
  await expect(bar).toHaveCount(0)
})
