import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from '@/lib/record/verify'
import { digestsAgree, ownPolicy, signatureAgrees, tampered, unpacked, verify } from './bundle'
import { CasePage, caseIdIn } from './case-page'
import { asPasted, leak, opens } from './leak'
import { PEOPLE } from './people'
import { expect, PHONE, test } from './test'

const PURPOSE = 'Make the leaked password worthless before somebody uses it'

test('a pasted password becomes a case, is rotated under control, and leaves a record that anybody can check (C02, C29, C30, C58, C65)', async ({
  as,
  api,
}, info) => {
  const password = await leak('svc_orders', await api('dev'))
  expect(await opens('svc_orders', password), 'the leaked password works').toBe(true)

  const hugo = await as('hugo')
  const id =
    await test.step('Hugo pastes what he saw; the password is masked and its account found', async () => {
      const link = `https://halden.slack.com/archives/C0DEPLOYS1/p${Date.now()}000`
      await hugo.goto(`/promote?url=${link}`)
      await expect(hugo.getByLabel(/^Link to the message/)).toHaveValue(link)
      await hugo
        .getByLabel('What was said')
        .fill(`The deploy log prints this:\n${asPasted('svc_orders', password)}`)
      await hugo.getByLabel(/^Who said it/).fill('Hugo Brandt')
      await hugo.getByLabel(/^Title/).fill('Order service password in the deploy log')
      await hugo
        .getByRole('group', { name: /^Severity/ })
        .getByRole('radio', { name: 'high' })
        .check()
      await hugo.getByRole('button', { name: 'Make it a case' }).click()
      await expect(hugo.getByRole('status').filter({ hasText: 'It is case' })).toContainText(
        'Masked before it was stored',
      )
      await hugo.getByRole('link', { name: 'Open it' }).click()
      await expect(
        hugo.getByRole('heading', { name: 'Order service password in the deploy log' }),
      ).toBeVisible()
      const finding = hugo.getByRole('region', { name: 'What was said' })
      await expect(finding).toContainText('postgres://svc_orders:')
      await expect(
        hugo.getByRole('region', { name: 'Identities' }).getByRole('link', { name: 'svc-orders' }),
      ).toBeVisible()
      expect(await hugo.content()).not.toContain(password)
      return caseIdIn(hugo.url())
    })

  const bruno = new CasePage(await as('bruno'))
  const ada = new CasePage(await as('ada'))
  await test.step('Bruno confirms that it is real, and asks Ada to take it', async () => {
    await bruno.open(id)
    await ada.open(id)
    await bruno.isIn('confirm')
    await bruno.confirm('The password in the log opens the database.')
    await bruno.isIn('assign')
    await bruno.assignTo(PEOPLE.ada.name)
  })

  await test.step('Ada accepts, vouches for the message, proposes the rotation and sees what it would do', async () => {
    await ada.accept()
    await ada.isIn('act')
    await ada.vouch('I opened the same log myself.')
    await ada.proposeRotation(PURPOSE)
    const actions = ada.page.getByRole('region', { name: 'Actions' })
    await expect(actions).toContainText('awaiting approval')
    await expect(actions.getByRole('heading', { name: /dry run/ })).toBeVisible()
    await expect(actions).toContainText(PEOPLE.chiara.name)
  })

  await test.step('C02: Ada can’t approve what she asked for, and the button says why', async () => {
    await ada.page.getByRole('link', { name: 'Open the approval' }).first().click()
    const yes = ada.page.getByRole('button', { name: /^Approve exactly this/ })
    await expect(yes).toHaveAttribute('aria-disabled', 'true')
    await expect(yes).toHaveAccessibleName(/not now: .*(asked|requested|proposed)/i)
    await ada.open(id)
  })

  await test.step('Chiara reads the exact change on her phone, and approves it', async () => {
    const chiara = await as('chiara', PHONE)
    await chiara.goto('/approvals')
    const mine = chiara.getByRole('region', { name: 'For you to decide' })
    await mine.locator(`a[href*="${id}"]`).click()
    const change = chiara.getByRole('region', { name: 'The exact change' })
    await expect(change).toContainText('postgres.rotate-password')
    await expect(change).toContainText('svc_orders')
    await expect(change).toContainText('production')
    await expect(change).toContainText('end_sessions = true')
    await expect(change).toContainText(PEOPLE.ada.name)
    await expect(
      chiara.getByText('The password of the role svc_orders is replaced by a new random one'),
    ).toBeVisible()
    await expect(chiara.getByText('The leaked password works right now.')).toBeVisible()
    await expect(chiara.getByText(PURPOSE)).toBeVisible()
    await chiara.getByRole('button', { name: 'Approve exactly this' }).click()
    await expect(chiara.getByText('There is nothing to decide now.').first()).toBeVisible()
  })

  await test.step('Ada starts it; the executor does it, and the password opens nothing any more', async () => {
    expect(await opens('svc_orders', password), 'nothing happened yet').toBe(true)
    await ada.carryOut()
    const actions = ada.page.getByRole('region', { name: 'Actions' })
    await expect(actions).toContainText('carried out, not verified yet')
    await expect(actions).toContainText('redeemed once')
    expect(await opens('svc_orders', password), 'PostgreSQL refuses the leaked password').toBe(false)
    await ada.moveOnTo('verify')
    await ada.isIn('verify')
  })

  await test.step('C65: Ada can’t judge her own change; Grace has it probed, and says that it worked', async () => {
    const judge = ada.page.getByRole('button', { name: /^Judge it/ })
    await expect(judge).toHaveAttribute('aria-disabled', 'true')
    const grace = new CasePage(await as('grace'))
    await grace.open(id)
    await grace.probe()
    const actions = grace.page.getByRole('region', { name: 'Actions' })
    await expect(actions).toContainText('effective')
    await grace.judgeThatItWorked('The probe was refused with the leaked password.')
    await expect(actions).toContainText(`It worked, says ${PEOPLE.grace.name}`)
  })

  await test.step('Ada closes the case', async () => {
    await ada.close(
      'A log printed the password of the order service. It was rotated, and the old one is refused.',
    )
    await expect(ada.page.getByText('Closed: remediated.')).toBeVisible()
  })

  await test.step('C29, C30: Esther exports it, and checks it without us', async () => {
    const esther = new CasePage(await as('esther'))
    await esther.open(id)
    await esther.page.keyboard.press('.')
    await esther.page.getByRole('menuitem', { name: 'Export' }).click()
    const dialog = esther.page.getByRole('dialog', { name: 'Export the case' })
    await dialog.getByLabel('What it is for').fill('Audit of the fourth quarter')
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(esther.page).toHaveURL(/\/exports$/)
    const downloading = esther.page.waitForEvent('download')
    const row = esther.page.getByRole('row').filter({ hasText: 'Audit of the fourth quarter' })
    await row.getByRole('link', { name: /^Download/ }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^case-\d+-[\d-]+\.zip$/)
    const zip = info.outputPath('case.zip')
    await download.saveAs(zip)
    await esther.open(id)
    await expect(esther.record).toContainText('Audit of the fourth quarter')

    const keys = await (await api('farid')).get<{ keys: { use: string; kid: string }[] }>('/api/v1/settings')
    const published = (use: string) => keys.keys.find((key) => key.use === use)?.kid ?? ''
    const folder = await unpacked(zip)
    expect(await digestsAgree(folder)).toEqual({ code: 0, out: '' })
    const signature = await signatureAgrees(folder)
    expect(signature.out).toContain('Good "')
    expect(signature.code).toBe(0)
    expect(signature.key, 'it is the key that the organisation publishes').toBe(published('export'))

    const trusted = [
      '--policy',
      await ownPolicy(published('log')),
      '--allowed-signers',
      signature.signers,
      '--json',
    ]
    const whole = await verify(zip, ...trusted)
    const report = JSON.parse(whole.out) as Report
    expect(report).toMatchObject({ integrity: 'pass', completeness: 'pass' })
    expect(codes(report, 'fail')).toEqual([])
    // The sample's log has no witness, and the verifier doesn't pass over that: the operator alone vouches for it.
    expect(codes(report, 'not-shown')).toEqual(['witness.none'])
    expect(whole.code).toBe(0)

    const forged = await tampered(folder, 'data/events.ndjson', /usr_chiara/, 'usr_farid')
    const refused = await verify(forged, ...trusted)
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ verified: false, integrity: 'fail' })
    expect((await verify(forged)).out).toMatch(/Wrong:[\s\S]*entry\.mismatch[\s\S]*chain\.broken/)
    expect((await digestsAgree(forged)).code).toBe(1)
    expect(await readable(folder)).not.toContain(password)
  })
})

function codes({ findings }: Report, level: Report['findings'][number]['level']): string[] {
  return findings.filter((finding) => finding.level === level).map(({ code }) => code)
}

/** All that a bundle holds, for looking whether something is in it. */
async function readable(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n')
}
