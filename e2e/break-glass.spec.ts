import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { until } from './api'
import { authenticator } from './authenticator'
import { exported, openssl, unpacked } from './bundle'
import { inAct, proposed } from './findings'
import { expect, test } from './test'

const TARGET = 'nhi_svc-reports'

test('C20: at night one analyst breaks the glass, and the case stays open until two others have looked', async ({
  as,
  api,
}, info) => {
  const [ada, bruno, hugo] = await Promise.all([api('ada'), api('bruno'), api('hugo')])
  const id = await inAct({ ada, bruno, hugo }, 'A password that is being used right now', TARGET)
  const request = await proposed(ada, id, TARGET)
  const night = await as('bruno')
  let statement = ''
  await authenticator(night)

  await test.step('he is led to a passkey first', async () => {
    await night.goto(`/approvals/${id}/${request}`)
    await night.getByText('In an emergency …').click()
    await night.getByRole('link', { name: 'Enrol one and come back' }).click()
    await night.getByLabel('What to call the new one').fill('Bruno’s key')
    await night.getByLabel('What to call the new one').press('Enter')
    await expect(night.getByRole('list', { name: 'Passkeys' })).toContainText('Bruno’s key')
  })

  await test.step('he says what can’t wait, signs, and the executor goes ahead', async () => {
    await night.goto(`/approvals/${id}/${request}`)
    await night.getByText('In an emergency …').click()
    const breaks = night.getByRole('button', { name: 'Break the glass' })
    await expect(breaks).toHaveAttribute('aria-disabled', 'true')
    await night.getByLabel('What can’t wait').fill('The attacker is inside, and no approver answers.')
    await night.getByText('What you sign to break the glass').click()
    const bytes = night.locator('pre').filter({ hasText: '"decision":"break-glass"' })
    statement = (await bytes.textContent()) ?? ''
    const digest = createHash('sha256').update(statement).digest('hex')
    await expect(night.getByText(`SHA-256 ${digest}`)).toBeVisible()
    await info.attach('emergency', { body: await night.screenshot(), contentType: 'image/png' })
    await breaks.click()
    await expect(night.getByRole('region', { name: 'Emergency' })).toContainText(
      'Let run without its approvals',
    )
    const { actions } = await until(ada, id, (file) => file.actions[0]?.status === 'executed')
    expect(actions[0]?.approvals).toEqual([])
  })

  await test.step('it stands first in the queue of who can review it, and they say what they think', async () => {
    const chiara = await as('chiara')
    await chiara.goto('/approvals')
    const mine = chiara.getByRole('region', { name: 'For you to decide' })
    await expect(mine).toContainText('ran without its approvals')
    await mine.locator(`a[href*="${id}"]`).click()
    await chiara.getByRole('button', { name: 'Review the emergency' }).click()
    const dialog = chiara.getByRole('dialog', { name: 'Review the emergency' })
    await dialog.getByRole('radio', { name: /^Justified/ }).check()
    await dialog.getByLabel('What you looked at').fill('The log shows the sessions.')
    await info.attach('review', { body: await chiara.screenshot(), contentType: 'image/png' })
    await dialog.getByRole('button', { name: 'Record the review' }).click()
    await expect(dialog).toBeHidden()
    await expect(chiara.getByRole('region', { name: 'Emergency' })).toContainText(
      'One more person reviews it',
    )
    await info.attach('reviewed', {
      body: await chiara.screenshot({ fullPage: true }),
      contentType: 'image/png',
    })
  })

  await test.step('the case does not close on one review', async () => {
    const farid = await api('farid')
    await ada.act(id, 'advance-case', { to: 'verify' })
    const { evidence } = await ada.file(id)
    const receipt = evidence.find((one) => one.kind === 'receipt')?.sha256 ?? ''
    const grace = await api('grace')
    await grace.act(id, 'record-verification', { request, outcome: 'passed', evidence: [receipt] })
    const close = { disposition: 'remediated', summary: 'Rotated at night.' }
    expect((await ada.ask(`/api/v1/cases/${id}/close-case`, close)).status()).toBe(409)
    await farid.act(id, 'review-break-glass', { request, outcome: 'justified', note: 'It could not wait.' })
    await ada.act(id, 'close-case', close)
  })

  await test.step('C07: the export has what he signed, word for word as he was shown it; openssl alone checks it', async () => {
    const folder = await unpacked(await exported(await api('esther'), id))
    const [emergency = ''] = await readdir(join(folder, 'data/emergencies'))
    const at = (name: string) => readFile(join(folder, 'data/emergencies', emergency, name), 'utf8')
    expect(await at('statement.json')).toBe(statement)
    const checked = await openssl(folder, `../emergencies/${emergency}`)
    expect(checked.out).toContain('Verified OK')
    expect(JSON.parse(await at('clientdata.json')).challenge).toBe(checked.challenge)
  })
})
