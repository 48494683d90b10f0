import { finding } from './findings'
import { PEOPLE } from './people'
import { expect, test } from './test'

test('a case is found, read, commented and confirmed without a mouse', async ({ page, api, baseURL }) => {
  const mark = String(Date.now())
  const title = `Keyboard only ${mark}`
  const hugo = await api('hugo')
  await hugo.promote(finding(`Another one ${mark}`))
  const { case: id, number } = await hugo.promote(finding(title))
  await (await api('ada')).act(id, 'declare-no-nhi', { reason: 'Nobody signed in' })

  await test.step('sign in with Tab and Enter', async () => {
    await page.goto('/')
    await expect(page).toHaveURL(/sign-in/)
    const bruno = page.getByRole('button', { name: PEOPLE.bruno.name })
    await expect(bruno).toBeVisible()
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab')
      if (await bruno.evaluate((button) => button === document.activeElement)) break
    }
    await expect(bruno).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`${baseURL}/inbox`)
    await expect(page.getByRole('button', { name: `${PEOPLE.bruno.name}: your menu` })).toBeVisible()
  })

  await test.step('find the case in the inbox with / j k and Enter', async () => {
    await page.goto('/inbox?view=open')
    const cases = page.getByRole('table', { name: 'Cases' }).getByRole('link')
    await expect(cases).not.toHaveCount(0)
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox', { name: 'Search these cases' })).toBeFocused()
    await page.keyboard.type(mark)
    await expect(page).toHaveURL(new RegExp(`q=${mark}`))
    await page.keyboard.press('Escape')
    await expect(page.getByRole('searchbox', { name: 'Search these cases' })).toHaveValue(mark)
    await expect(cases).toHaveText([title, `Another one ${mark}`])
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    await page.keyboard.press('j')
    await expect(cases.first()).toBeFocused()
    await page.keyboard.press('j')
    await expect(cases.last()).toBeFocused()
    await page.keyboard.press('k')
    await expect(cases.first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  })

  await test.step('g i goes to the inbox, and the browser back to the case', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await expect(page).toHaveURL(`${baseURL}/inbox`)
    await page.goBack()
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  })

  await test.step('? shows what the keyboard can do', async () => {
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keyboard' })
    await expect(help).toContainText('Attach evidence')
    await expect(help).toContainText('Go to approvals')
    await page.keyboard.press('Escape')
    await expect(help).toBeHidden()
  })

  await test.step('m comments', async () => {
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Comment' })
    await expect(dialog.getByLabel('Comment')).toBeFocused()
    await page.keyboard.type('Typed without a mouse.')
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('region', { name: 'The record' })).toContainText('Typed without a mouse.')
  })

  await test.step('c confirms, with Space, arrows and Tab', async () => {
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is real' })
    const chosen = (question: string) =>
      dialog.getByRole('group', { name: question }).getByRole('radio', { checked: true })
    await expect(dialog.getByRole('radio').first()).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await expect(chosen('How critical is what it touches?')).toHaveValue('moderate')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(chosen('How much may the identity do?')).toHaveValue('low')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await expect(chosen('How exposed is it now?')).toHaveValue('internal')
    await page.keyboard.press('Tab')
    await expect(dialog.getByLabel('What you looked at, and what you saw')).toBeFocused()
    await page.keyboard.type('The sessions are there.')
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await expect(
      page.getByRole('navigation', { name: 'Stages' }).locator('[aria-current=step]'),
    ).toContainText('assign', { ignoreCase: true })
  })

  await test.step('Ctrl-K goes anywhere', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Search, or do anything' })
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type('svc-orders')
    await expect(palette.getByRole('option', { name: /svc-orders/ })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/identities\/nhi_svc-orders/)
    await expect(palette).toBeHidden()
    await page.keyboard.press('Control+k')
    await page.keyboard.type(String(number))
    await expect(palette.getByRole('option', { name: title })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  })
})
