import { closedCase, finding } from './findings'
import { expect, PHONE, test } from './test'

// As it is met on paper, in somebody’s own colours, enlarged, and without a pointer that hovers.

test('a long comment can be read in full without a mouse, and on paper the whole record is there', async ({
  as,
  api,
}) => {
  const ada = await api('ada')
  const { case: id } = await (await api('hugo')).promote(finding('Much to say'))
  for (let part = 1; part <= 6; part += 1)
    await ada.act(id, 'add-comment', {
      text: `Part ${part}. ${'It goes on and on. '.repeat(60)}The end of it.`,
    })
  const page = await as('bruno', PHONE)
  await page.goto(`/cases/${id}`)
  const record = page.getByRole('region', { name: 'The record' })
  const first = record.getByRole('listitem').filter({ hasText: 'Part 6.' })
  const text = first.getByText(/^Part 6/)
  const cut = () => text.evaluate((words) => words.scrollHeight > words.clientHeight)
  expect(await cut()).toBe(true)
  await first.getByRole('button', { name: 'All of it' }).press('Enter')
  expect(await cut()).toBe(false)
  await expect(first.getByRole('button', { name: 'Less of it' })).toBeFocused()

  const wide = await as('bruno')
  await wide.goto(`/cases/${id}`)
  await expect(wide.getByRole('button', { name: 'All of it' })).toHaveCount(6)
  const hidden = () =>
    wide.getByRole('region', { name: 'The record' }).evaluate((section) => {
      const parts = [section, ...section.querySelectorAll('p')]
      return parts.filter((part) => part.scrollHeight > part.clientHeight + 1 && part.clientHeight > 30)
        .length
    })
  expect(await hidden()).toBeGreaterThan(0)
  await wide.emulateMedia({ media: 'print' })
  expect(await hidden()).toBe(0)
})

test('in the reader’s own colours one sees where one is and what one is about to choose', async ({ as }) => {
  const page = await as('ada', { forcedColors: 'active' })
  await page.goto('/inbox?view=open')
  const line = (name: RegExp) =>
    page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name })
      .evaluate((tab) => {
        return getComputedStyle(tab).borderBottomColor
      })
  expect(await line(/^All open/)).not.toBe(await line(/^Mine/))
  const wash = (name: string) =>
    page.getByRole('button', { name, exact: true }).evaluate((each) => getComputedStyle(each).backgroundColor)
  await page.getByRole('button', { name: 'identify', exact: true }).click()
  await expect(page).toHaveURL(/stage=identify/)
  expect(await wash('identify')).not.toBe(await wash('confirm'))
  await page.getByRole('button', { name: /your menu/ }).press('Enter')
  const item = (name: string) =>
    page.getByRole('menuitem', { name }).evaluate((each) => getComputedStyle(each).backgroundColor)
  await page.keyboard.press('ArrowDown')
  expect(await item('Promote a message')).not.toBe(await item('Settings'))
})

test('a field that was left empty gets the focus and says what is wrong with it', async ({ as, api }) => {
  const { case: id } = await (await api('hugo')).promote(finding('Left half empty'))
  const page = await as('bruno')
  await page.goto(`/cases/${id}?do=linkNhi`)
  const dialog = page.getByRole('dialog', { name: 'Link an identity' })
  const identity = dialog.getByLabel('Identity')
  await dialog.getByRole('button', { name: 'Link', exact: true }).press('Enter')
  await expect(identity).toBeFocused()
  await expect(identity).toHaveAccessibleDescription(/This is needed/)
  await page.goto('/promote')
  await expect(page.getByRole('button', { name: /your menu/ })).toBeVisible()
  await page.getByRole('button', { name: 'Make it a case' }).press('Enter')
  await expect(page.getByLabel('What was said')).toBeFocused()
})

test('before the page’s scripts have come, a press sends what was typed nowhere', async ({ as, baseURL }) => {
  const page = await as('hugo')
  await page.route('**/_next/static/chunks/*.js', (route) => route.abort())
  await page.goto('/promote')
  await page.getByLabel('What was said').fill('password: not for the address')
  await page.getByRole('button', { name: 'Make it a case' }).click()
  await expect(page).toHaveURL(`${baseURL}/promote`)
  await expect(page.getByLabel('What was said')).toHaveValue('password: not for the address')
})

test('enlarged fourfold, the inbox is as wide as the screen', async ({ as }) => {
  const page = await as('ada', { viewport: { width: 320, height: 600 } })
  for (const view of ['open', 'closed']) {
    await page.goto(`/inbox?view=${view}`)
    await expect(page.getByRole('table', { name: 'Cases' })).toBeVisible()
    const wider = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    expect(wider, `pixels wider than the screen: ${view}`).toBeLessThanOrEqual(0)
  }
})

test('closed cases offer no box to select them by: nothing is asked for of them', async ({ as, api }) => {
  const { title } = await closedCase(await api('ada'))
  const page = await as('ada')
  await page.goto('/inbox?view=open')
  await expect(page.getByRole('checkbox').first()).toBeVisible()
  await page.goto('/inbox?view=closed')
  await expect(page.getByRole('link', { name: title }).first()).toBeVisible()
  await expect(page.getByRole('checkbox')).toHaveCount(0)
})
