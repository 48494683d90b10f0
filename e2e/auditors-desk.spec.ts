import { closedCase } from './findings'
import { PEOPLE } from './people'
import { expect, PHONE, test } from './test'

test('the auditor keeps a view of the history, passes its address on, renames it and deletes it', async ({
  as,
}) => {
  const esther = await as('esther')
  await esther.goto('/history')
  const views = esther.getByRole('navigation', { name: 'Views' })
  await esther.getByRole('combobox', { name: 'Who' }).selectOption({ label: PEOPLE.chiara.name })
  await esther.getByRole('combobox', { name: 'Outcome' }).selectOption({ label: 'Permitted' })
  await esther.getByRole('button', { name: 'Keep this view' }).click()
  await esther.getByRole('textbox', { name: /^Name/ }).fill('What Chiara did')
  await esther.getByRole('button', { name: 'Keep it' }).click()
  const mine = views.getByRole('link', { name: 'What Chiara did', exact: true })
  await expect(mine).toHaveAttribute('aria-current', 'page')
  await expect(esther).toHaveURL(/view=view_.*actor=usr_chiara/)

  await test.step('whoever gets its address sees the same view, and can’t change it', async () => {
    const farid = await as('farid')
    const id = new URL(esther.url()).searchParams.get('view')
    await farid.goto(`/history?view=${id}`)
    await expect(farid.getByRole('combobox', { name: 'Who' })).toHaveValue(PEOPLE.chiara.id)
    await expect(farid.getByRole('link', { name: /What Chiara did, kept by Esther/ })).toBeVisible()
    await expect(farid.getByRole('button', { name: 'View…' })).toHaveCount(0)
  })

  await esther.getByRole('button', { name: 'View…' }).click()
  await esther.getByRole('menuitem', { name: 'Rename…' }).click()
  await esther.getByRole('textbox', { name: /^Name/ }).fill('Chiara’s decisions')
  await esther.getByRole('button', { name: 'Rename it' }).click()
  await expect(views.getByRole('link', { name: 'Chiara’s decisions', exact: true })).toBeVisible()

  await views.getByRole('link', { name: 'Everything' }).click()
  await expect(esther.getByRole('combobox', { name: 'Who' })).toHaveValue('')
  await views.getByRole('link', { name: 'Chiara’s decisions', exact: true }).click()
  await esther.getByRole('button', { name: 'View…' }).click()
  await esther.getByRole('menuitem', { name: 'Delete the view' }).click()
  await expect(views.getByRole('link', { name: 'Chiara’s decisions', exact: true })).toHaveCount(0)
})

test('the history finds what somebody said, and the attempts that were refused', async ({ as, api }) => {
  const [ada, esther] = [await api('ada'), await as('esther')]
  const closed = await closedCase(ada)
  const refused = await ada.request.get(`/api/v1/cases/${closed.id}/replay`)
  expect(refused.status()).toBe(403)
  await esther.goto('/history')
  const history = esther.getByRole('table', { name: 'History' })
  await esther.getByRole('searchbox', { name: 'Words' }).fill('leaked worthless')
  await expect(
    history.getByRole('row').filter({ hasText: 'Make the leaked password worthless' }),
  ).toHaveCount(1)
  await esther.goto(`/history?case=${closed.id}&outcome=refused`)
  const attempt = history.getByRole('row').filter({ hasText: PEOPLE.ada.name }).first()
  await expect(attempt).toContainText('was refused: replay case')
})

test('C07 four questions about the sample’s action are answered by name, each with its entries and seals', async ({
  as,
  api,
}) => {
  const esther = await as('esther')
  const closed = await closedCase(await api('esther'))
  await esther.goto(`/cases/${closed.id}`)
  await esther.getByRole('link', { name: 'Four questions' }).click()
  const asked = (question: string) => esther.getByRole('region', { name: question })
  await expect(asked('Who requested it?')).toContainText(`${PEOPLE.ada.name} asked for it.`)
  await expect(asked('Who approved it?')).toContainText(`${PEOPLE.chiara.name} approved revision 1`)
  await expect(asked('Who executed it?')).toContainText(`${PEOPLE.ivo.name} answers for that.`)
  await expect(asked('What proves it?')).toContainText(`${PEOPLE.grace.name} judged that it worked`)
  for (const question of ['Who requested it?', 'Who approved it?', 'Who executed it?', 'What proves it?'])
    await expect(
      asked(question)
        .getByText(/sealed|witnessed/)
        .first(),
    ).toBeVisible()
  await expect(esther.getByText('4 different people answer for its parts.')).toBeVisible()
  const entry = asked('Who approved it?').getByRole('link', { name: /approval\.recorded/ })
  const address = (await entry.getAttribute('href')) ?? ''
  await entry.click()
  await expect(esther).toHaveURL(new RegExp(`${address}$`))
  await expect(esther.locator(`[id="${address.split('#')[1]}"]`)).toContainText(PEOPLE.chiara.name)
})

test('C11 a case is replayed with the keyboard: what it was, who could do what, and the same decisions', async ({
  as,
  api,
}) => {
  const esther = await as('esther')
  const closed = await closedCase(await api('esther'))
  const { timeline } = await (await api('esther')).file(closed.id)
  await esther.goto(`/cases/${closed.id}`)
  await esther.getByRole('link', { name: 'Replay' }).click()
  const slider = esther.getByRole('slider', { name: 'Entry of the record' })
  const then = esther.getByRole('region', { name: 'The case right after it' })
  const people = esther.getByRole('table', { name: 'Who could do what right after this entry' })
  await expect(slider).toHaveValue(String(timeline.length - 1))
  await expect(then).toContainText('remediated')

  await esther.keyboard.press('Home')
  await expect(slider).toHaveValue('0')
  await expect(esther).toHaveURL(/at=0$/)
  await expect(esther.getByRole('region', { name: 'What happened' })).toContainText('promoted the finding')
  await expect(then).toContainText('identify')
  await expect(esther.getByText('Policy, asked again, decides the same')).toBeVisible()

  const approved = timeline.findIndex(({ type }) => type === 'approval.recorded')
  await test.step('right before the approval, Chiara could approve and Ada could not', async () => {
    await slider.focus()
    for (let step = 0; step < approved - 1; step++) await esther.keyboard.press('ArrowRight')
    await expect(slider).toHaveValue(String(approved - 1))
    await expect(esther.getByRole('region', { name: 'What happened' })).toContainText('did a dry run')
    const row = people.getByRole('row', { name: /^Approve the action/ })
    const heads = await people.getByRole('columnheader').allInnerTexts()
    const of = (name: string) => row.getByRole('cell').nth(heads.findIndex((head) => head.includes(name)) - 1)
    await expect(of('Chiara')).toContainText('could')
    await expect(of('Chiara')).not.toContainText('could not')
    await expect(of('Ada')).toContainText('could not')
    await people.getByRole('button', { name: /Ada/ }).click()
    const why = esther.getByRole('region', { name: `Why ${PEOPLE.ada.name} could not` })
    await expect(why).toContainText('Approve the action')
  })

  await test.step('the address leads back to this moment', async () => {
    const again = await as('farid', PHONE)
    await again.goto(esther.url())
    await expect(again.getByRole('slider', { name: 'Entry of the record' })).toHaveValue(String(approved - 1))
    await expect(again.getByText('Approve the action').filter({ visible: true }).first()).toBeVisible()
  })

  await esther.keyboard.press('End')
  await expect(slider).toHaveValue(String(timeline.length - 1))
})
