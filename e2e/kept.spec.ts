import type { Page } from '@playwright/test'
import { finding } from './findings'
import { PEOPLE, type Person } from './people'
import { expect, test } from './test'

const chooses = (page: Page, person: Person) =>
  page.getByRole('button', { name: PEOPLE[person].name }).click()
const signsOut = async (page: Page, person: Person) => {
  await page.getByRole('button', { name: `${PEOPLE[person].name}: your menu` }).click()
  await page.getByRole('menuitem', { name: /sign out/ }).click()
}

test('what was typed when the session ended waits for its writer, at the same place, and for nobody else', async ({
  as,
  api,
  baseURL,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('A thought that was not finished'))
  const page = await as('ada')
  const place = `/cases/${id}?do=addComment#event-0`
  const dialog = page.getByRole('dialog', { name: 'Comment' })
  const here = page.getByRole('heading', { name: 'A thought that was not finished' })
  await page.goto(place)
  await dialog.getByLabel('Comment').fill('Half a sentence of Ada’s')
  expect(
    (await page.request.post('/api/auth/signout', { data: {}, headers: { origin: baseURL ?? '' } })).ok(),
  ).toBe(true)
  await dialog.getByRole('button', { name: 'Comment' }).click()
  await dialog.getByRole('link', { name: 'Sign in again and come back' }).click()

  await chooses(page, 'bruno')
  await expect(here).toBeVisible()
  expect(page.url()).toBe(`${baseURL}${place}`)
  await expect(dialog.getByLabel('Comment')).toHaveValue('')
  await page.keyboard.press('Escape')
  await signsOut(page, 'bruno')

  await chooses(page, 'ada')
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeAttached()
  await page.goto(place)
  await expect(dialog.getByLabel('Comment')).toHaveValue('Half a sentence of Ada’s')
})

test('a dialog that is closed while its answer is on its way forgets what is on record then: nobody sends it twice', async ({
  as,
  api,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('A slow answer'))
  const page = await as('ada')
  await page.goto(`/cases/${id}?do=addComment`)
  const comment = page.getByRole('dialog', { name: 'Comment' }).getByLabel('Comment')
  const answered = new Promise<() => void>((ready) =>
    page.route('**/add-comment', (route) => ready(() => void route.continue()), { times: 1 }),
  )
  await comment.fill('Said once')
  await page.keyboard.press('Control+Enter')
  const answer = await answered
  await page.keyboard.press('Escape')
  await expect(comment).toBeHidden()
  answer()
  await expect(page.getByRole('region', { name: 'The record' })).toContainText('Said once')
  await page.goto(`/cases/${id}?do=addComment`)
  await expect(comment).toHaveValue('')
})

test('what is on its way stays as it is, and can be typed on where it did not arrive', async ({
  as,
  api,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('A hasty hand'))
  const page = await as('ada')
  await page.goto(`/cases/${id}?do=addComment`)
  const dialog = page.getByRole('dialog', { name: 'Comment' })
  const comment = dialog.getByLabel('Comment')
  const asked = new Promise<() => void>((ready) =>
    page.route('**/add-comment', (route) => ready(() => void route.abort()), { times: 1 }),
  )
  await comment.fill('Said once')
  await page.keyboard.press('Control+Enter')
  const breakOff = await asked
  await comment.pressSequentially(', and more')
  await expect(comment).toHaveValue('Said once')
  breakOff()
  await expect(dialog.getByRole('alert')).toContainText('could not be reached')
  await comment.pressSequentially(', and more')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('region', { name: 'The record' })).toContainText('Said once, and more')
})

test('evidence that was typed and could not be sent is there after a reload, until it is on record', async ({
  as,
  api,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('A log line to attach'))
  const page = await as('ada')
  await page.goto(`/cases/${id}?do=attachEvidence`)
  const dialog = page.getByRole('dialog', { name: 'Attach evidence' })
  const text = dialog.getByLabel('Text')
  const attach = dialog.getByRole('button', { name: 'Attach the text' })
  await text.fill('10:42 heron-3 accepted a key')
  await dialog.getByLabel('Where it comes from').fill('heron-3, auth.log')
  await page.route(`**/cases/${id}/evidence?*`, (route) => route.abort(), { times: 1 })
  await attach.click()
  await expect(dialog.getByRole('alert')).toContainText('could not be reached')
  await page.reload()
  await expect(text).toHaveValue('10:42 heron-3 accepted a key')
  await attach.click()
  await expect(page.getByText('note.txt is on record')).toBeVisible()
  await expect(text).toHaveValue('')
  await page.reload()
  await expect(text).toHaveValue('')
})

test('what is sent without a network is refused at once, kept, and never sent by itself later', async ({
  as,
  api,
}) => {
  const { case: id } = await (await api('hugo')).promote(finding('On a train'))
  const page = await as('ada')
  await page.goto(`/cases/${id}?do=addComment`)
  const dialog = page.getByRole('dialog', { name: 'Comment' })
  await dialog.getByLabel('Comment').fill('From a tunnel')
  await page.context().setOffline(true)
  await page.keyboard.press('Control+Enter')
  await expect(dialog.getByRole('alert')).toContainText('The server could not be reached.')
  await page.context().setOffline(false)
  await expect(dialog.getByLabel('Comment')).toHaveValue('From a tunnel')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  const { timeline } = await (await api('ada')).file(id)
  expect(timeline.filter(({ type }) => type === 'comment.added')).toHaveLength(1)
})

test('the way back leads past the sign-in, and who comes to it again is told that they are in', async ({
  page,
  baseURL,
}) => {
  await page.goto('/verify')
  await page.goto('/history')
  await chooses(page, 'esther')
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(`${baseURL}/verify`)
  await page.goto('/sign-in?back=%2Fexports')
  await expect(page.getByText(`You are signed in as ${PEOPLE.esther.name}`)).toBeVisible()
  await page.getByRole('link', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', { name: 'Exports' })).toBeVisible()
})

test('another message that is brought to be promoted is not the one that was left unfinished', async ({
  as,
}) => {
  const page = await as('hugo')
  const said = page.getByLabel('What was said')
  await page.goto('/promote?text=The+first+message')
  await expect(page.getByRole('button', { name: /your menu/ })).toBeVisible()
  await page.getByLabel('Title').fill('Left unfinished')
  await page.goto('/promote?text=The+second+message')
  await expect(said).toHaveValue('The second message')
  await expect(page.getByLabel('Title')).toHaveValue('')
  await page.goBack()
  await expect(said).toHaveValue('The first message')
  await expect(page.getByLabel('Title')).toHaveValue('Left unfinished')
})

test('the focus stays where one was when what had it is gone', async ({ as, api }) => {
  const purpose = `To be deleted at once ${Date.now()}`
  const { case: id } = await (await api('hugo')).promote(finding('Said twice'))
  const asked = await (await api('esther')).ask('/api/v1/exports', { scope: 'case', case: id, purpose })
  expect(asked.ok(), await asked.text()).toBe(true)
  const esther = await as('esther')

  await test.step('a file that was deleted: on its row', async () => {
    await esther.goto('/exports')
    const row = esther.getByRole('row').filter({ hasText: purpose })
    await row.getByRole('button', { name: /^Delete/ }).press('Enter', { timeout: 30_000 })
    await expect(row.getByRole('button', { name: /^Write/ })).toBeVisible()
    await expect(row).toBeFocused()
    await esther.keyboard.press('Tab')
    await expect(row.getByRole('link').first()).toBeFocused()
  })

  await test.step('filters that were cleared: on the page', async () => {
    await esther.goto('/history?q=nothingsaysthis')
    await esther.getByRole('button', { name: 'Clear the filters' }).press('Enter')
    await expect(esther.getByRole('table', { name: 'History' })).toBeVisible()
    await expect(esther.getByRole('main')).toBeFocused()
  })

  await test.step('a comment that was sent: in the box for the next', async () => {
    const ada = await as('ada')
    await ada.goto(`/cases/${id}`)
    const box = ada.getByRole('textbox', { name: 'Comment' })
    await box.fill('Once')
    await ada.getByRole('button', { name: 'Comment', exact: true }).press('Enter')
    await expect(box).toHaveValue('')
    await expect(box).toBeFocused()
  })
})

test('words in a filter are the address’s: a pause between two eats no space, and the way back isn’t rewritten', async ({
  as,
}) => {
  const page = await as('esther')
  const words = page.getByRole('searchbox', { name: 'Words' })
  await page.goto('/history')
  await words.pressSequentially('signed ')
  await expect(page).toHaveURL(/q=signed$/)
  await words.pressSequentially('in')
  await expect(page).toHaveURL(/q=signed\+in$/)

  const box = page.getByRole('searchbox', { name: 'Search these cases' })
  await page.goto('/inbox?view=open')
  await box.fill('key')
  await expect(page).toHaveURL(/view=open&q=key$/)
  await page.getByRole('link', { name: /^Closed/ }).click()
  await expect(box).toHaveValue('')
  await box.focus()
  await page.goBack()
  await expect(box).toHaveValue('key')
  await box.focus()
  await page.goForward()
  await expect(box).toHaveValue('')
  await expect(page).toHaveURL(/view=closed$/)
})
