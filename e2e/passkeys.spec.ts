import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { PasskeysView } from '@/lib/act/view/passkey'
import type { Report } from '@/lib/record/verify'
import { type Api, until } from './api'
import { authenticator } from './authenticator'
import { openssl, ownPolicy, tampered, unpacked, verify } from './bundle'
import { inAct, proposed } from './findings'
import { PEOPLE } from './people'
import { expect, test } from './test'

const TARGET = 'nhi_svc-reports'

test('a high-risk change is approved by passkey, carried out, exported, and checked with openssl alone (C04, C07, C08, C09, C10)', async ({
  as,
  api,
}, info) => {
  const [farid, ada, bruno, hugo] = [
    await api('farid'),
    await api('ada'),
    await api('bruno'),
    await api('hugo'),
  ]
  // An installation that journeys ran against before may hold the last one's keys, and what it left off at.
  for (const person of ['chiara', 'dev'] as const) await revokeAll(await api(person))
  await farid.ask(`/api/v1/nhis/${TARGET}/describe-nhi`, { privilege: 'write' })
  await farid.nhi(TARGET, 'describe-nhi', { privilege: 'admin' })
  const id = await inAct({ hugo, bruno, ada }, 'A powerful account that has leaked', TARGET)
  const request = await proposed(ada, id, TARGET)
  const approval = `/approvals/${id}/${request}`
  const chiara = await as('chiara')
  const hers = await authenticator(chiara)

  await test.step('C08: Chiara can’t approve it without a passkey, and is led to where she gets one', async () => {
    await chiara.goto('/approvals')
    await chiara.getByRole('region', { name: 'For you to decide' }).locator(`a[href*="${id}"]`).click()
    await expect(chiara.getByRole('region', { name: 'The exact change' })).toContainText('high')
    await expect(chiara.getByRole('button', { name: /^Approve exactly this/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await chiara.getByRole('link', { name: 'Enrol one and come back' }).click()
    await expect(chiara.getByRole('heading', { name: 'Your passkeys' })).toBeVisible()
  })

  await test.step('C10: she enrols one; her authenticator has to recognise her', async () => {
    const name = chiara.getByLabel('What to call the new one')
    await name.fill('Chiara’s laptop')
    await hers.recognises(false)
    await chiara.getByRole('button', { name: 'Enrol a passkey' }).click()
    await expect(chiara.getByRole('alert').filter({ hasText: 'No passkey was made' })).toBeVisible()
    await hers.recognises(true)
    await name.press('Enter')
    const keys = chiara.getByRole('list', { name: 'Passkeys' })
    await expect(keys).toContainText('Chiara’s laptop')
    await expect(keys).toContainText('never used')
    await chiara.getByRole('link', { name: 'Back to what you were about to approve' }).click()
    await expect(chiara.getByRole('region', { name: 'The exact change' })).toBeVisible()
    const notice = chiara.getByRole('complementary', { name: 'Your passkeys have changed' })
    await expect(notice).toContainText('Chiara’s laptop was enrolled for you')
    await notice.getByRole('button', { name: 'It was me' }).click()
    await expect(notice).toBeHidden()
  })

  await test.step('C09: a touch that is not hers signs nothing; hers approves', async () => {
    await hers.recognises(false)
    await chiara.getByRole('button', { name: 'Approve with your passkey' }).click()
    await expect(chiara.getByRole('alert').filter({ hasText: 'Nothing was signed' })).toBeVisible()
    await hers.recognises(true)
    await chiara.getByRole('button', { name: 'Approve with your passkey' }).click()
    await expect(chiara.getByText('signed with a passkey')).toBeVisible()
  })

  await test.step('C04: the owner signs too, with a key of his own', async () => {
    const dev = await as('dev')
    await authenticator(dev)
    await enrol(dev, 'Dev’s key')
    await dev.goto(approval)
    await dev.getByRole('button', { name: 'Approve with your passkey' }).click()
    await expect(dev.getByText('There is nothing to decide now.').first()).toBeVisible()
  })

  await test.step('Ada starts it, and the executor does it', async () => {
    await ada.act(id, 'start-execution', { request })
    await until(ada, id, ({ actions }) => actions[0]?.status === 'executed')
    await farid.nhi(TARGET, 'describe-nhi', { privilege: 'write' })
  })

  await test.step('her list says when the key was used', async () => {
    await chiara.goto('/passkeys')
    await expect(chiara.getByRole('list', { name: 'Passkeys' })).toContainText('last used')
  })

  await test.step('C07: Esther exports it; openssl alone checks each approval, and the verifier knows the method', async () => {
    const zip = info.outputPath('case.zip')
    const purpose = 'Who approved the change of the powerful account?'
    const exported = await (await api('esther')).ask(`/api/v1/cases/${id}/export`, { purpose })
    await writeFile(zip, await exported.body())
    const folder = await unpacked(zip)
    const approvals = await readdir(join(folder, 'data/approvals'))
    expect(approvals).toHaveLength(2)
    for (const each of approvals) {
      const checked = await openssl(folder, each)
      expect(checked.out).toContain('Verified OK')
      const clientData = await readFile(join(folder, 'data/approvals', each, 'clientdata.json'), 'utf8')
      expect(JSON.parse(clientData).challenge).toBe(checked.challenge)
    }
    const settings = await farid.get<{ keys: { use: string; kid: string }[] }>('/api/v1/settings')
    const log = settings.keys.find((key) => key.use === 'log')?.kid ?? ''
    const trusted = ['--policy', await ownPolicy(log), '--json']
    const report = JSON.parse((await verify(zip, ...trusted)).out) as Report
    expect(report.findings.filter(({ level }) => level === 'fail')).toEqual([])
    expect(report.findings.map(({ code }) => code)).not.toContain('approval.weaker_method')

    const [first = ''] = approvals
    const forged = await tampered(
      folder,
      `data/approvals/${first}/statement.json`,
      /"revision":1/,
      '"revision":2',
    )
    expect((await openssl(forged, first)).challenge).not.toBe((await openssl(folder, first)).challenge)
    expect((await verify(forged, ...trusted)).out).toContain('approval.statement_altered')
  })

  await test.step('C10: Farid revokes Dev’s key and says why; Dev reads it wherever he is', async () => {
    const dev = await as('dev')
    await dev.goto('/inbox')
    await dev.getByRole('complementary', { name: 'Your passkeys have changed' }).getByRole('button').click()
    const admin = await as('farid')
    await admin.goto('/settings')
    await admin.getByRole('button', { name: `${PEOPLE.dev.name}: change` }).click()
    await admin.getByRole('menuitem', { name: 'Passkeys' }).click()
    await expect(admin.getByRole('heading', { name: `Passkeys of ${PEOPLE.dev.name}` })).toBeVisible()
    await admin.getByRole('button', { name: 'Revoke Dev’s key' }).click()
    const dialog = admin.getByRole('dialog', { name: 'Revoke Dev’s key' })
    await dialog.getByLabel('Why').fill('He lost his bag.')
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
    await expect(admin.getByRole('list', { name: 'Passkeys' })).toContainText('revoked')
    const notice = dev.getByRole('complementary', { name: 'Your passkeys have changed' })
    await expect(notice).toContainText(`Dev’s key was revoked by ${PEOPLE.farid.name}`)
    await expect(notice).toContainText('He lost his bag.')
  })
})

async function revokeAll(api: Api): Promise<void> {
  const { passkeys } = await api.get<PasskeysView>('/api/v1/passkeys')
  for (const { credential_id, revoked_at } of passkeys)
    if (!revoked_at) await api.ask('/api/v1/registry/revoke-passkey', { credential_id })
}

async function enrol(page: Page, name: string): Promise<void> {
  await page.goto('/passkeys')
  await page.getByLabel('What to call the new one').fill(name)
  await page.getByRole('button', { name: 'Enrol a passkey' }).click()
  await expect(page.getByRole('list', { name: 'Passkeys' })).toContainText(name)
}
