import { writeFile } from 'node:fs/promises'
import type { Session } from '@/lib/act/view/person'
import { approve, until } from './api'
import { verify } from './bundle'
import { CasePage, caseIdIn } from './case-page'
import { ChatPage } from './chat-page'
import { proposed } from './findings'
import { asPasted, freshLeak, opens } from './leak'
import { PEOPLE } from './people'
import { expect, test } from './test'

test('a message is put on record from its own menu in chat, its card follows the case, and words there approve nothing (C01, C29, C58)', async ({
  as,
  api,
}, info) => {
  const password = await freshLeak('svc_reports', await api('dev'))
  const [ada, bruno, chiara, grace, esther] = await Promise.all([
    api('ada'),
    api('bruno'),
    api('chiara'),
    api('grace'),
    api('esther'),
  ])
  const { sample_chat } = await ada.get<Session>('/api/v1/session')
  const mark = `Build ${Date.now()}`
  const title = `${mark} prints the password of the reports`
  const hugoChats = new ChatPage(await as('hugo'))
  const adaChats = new ChatPage(await as('ada'))
  await hugoChats.open(sample_chat ?? '', PEOPLE.hugo, 'security-alerts')
  await adaChats.open(sample_chat ?? '', PEOPLE.ada, 'security-alerts')

  await test.step('Hugo says too much; Ada puts his message on record with two clicks', async () => {
    await hugoChats.say(`${mark} failed again: \`\`\`${asPasted('svc_reports', password)}\`\`\``)
    const form = await adaChats.putOnRecord(adaChats.message(mark))
    await expect(form).toContainText('One secret was masked before anything was kept.')
    await expect(form).not.toContainText(password)
    await form.getByLabel('Title').fill(title)
    await form.getByLabel(/^Severity/).selectOption({ label: 'High' })
    await form.getByRole('button', { name: 'Put on record' }).click()
    await expect(form).toBeHidden()
  })

  const id =
    await test.step('the card stands in the thread at once, and its link leads to the case', async () => {
      await adaChats.openThread(adaChats.message(mark))
      await hugoChats.openThread(hugoChats.message(mark))
      await expect(hugoChats.card).toContainText(title)
      await expect(hugoChats.card).toContainText('High')
      await expect(adaChats.card).toContainText(title)
      const opening = adaChats.page.waitForEvent('popup')
      await adaChats.card.getByRole('link', { name: 'Open the case' }).click()
      const opened = await opening
      await expect(opened.getByRole('heading', { name: title })).toBeVisible()
      const said = opened.getByRole('region', { name: 'What was said' })
      await expect(said).toContainText('#security-alerts')
      await expect(said).toContainText(PEOPLE.hugo.name)
      await expect(said.getByRole('img', { name: 'Trust: fetched from the platform' })).toBeVisible()
      await expect(said.getByRole('link', { name: 'Open in chat' })).toBeVisible()
      await expect(opened.getByRole('region', { name: 'Identities' })).toContainText('svc-reports')
      expect(await opened.content()).not.toContain(password)
      return caseIdIn(opened.url())
    })

  await test.step('the same message again finds the first case', async () => {
    const { number } = await ada.file(id)
    const form = await hugoChats.putOnRecord(hugoChats.message(mark))
    await expect(form).toContainText(`Already on record as case ${number}`)
    await expect(form.getByRole('radio', { name: 'Add this message to it as evidence' })).toBeChecked()
    await form.getByRole('button', { name: 'Put on record' }).click()
    await expect(form).toBeHidden()
    await until(ada, id, ({ timeline }) =>
      timeline.some(({ type, who }) => type === 'evidence.attached' && who.id === PEOPLE.hugo.id),
    )
    const { rows } = await ada.get<{ rows: { id: string }[] }>(
      `/api/v1/cases?view=open&q=${encodeURIComponent(mark)}`,
    )
    expect(rows.map((row) => row.id)).toEqual([id])
  })

  await test.step('Bruno confirms; Ada takes the case from the card', async () => {
    await bruno.act(id, 'confirm-case', {
      criticality: 'moderate',
      privilege: 'moderate',
      exposure: 'internal',
      note: 'The build log is open to the whole company.',
    })
    await expect(adaChats.card).toContainText('[assign]')
    await adaChats.card.getByRole('button', { name: 'Assign to me' }).click()
    await expect(adaChats.page.getByRole('log')).toContainText('The case is yours now.')
    await expect(hugoChats.card).toContainText(`with ${PEOPLE.ada.name}`)
    await expect(hugoChats.card).toContainText('[act]')
  })

  const request =
    await test.step('Ada proposes the rotation on the desk; the card says what it waits for', async () => {
      const asked = await proposed(ada, id, 'nhi_svc-reports')
      await expect(adaChats.card).toContainText(
        'Waiting for approval: postgres.rotate-password on svc-reports',
      )
      await expect(adaChats.card.getByRole('link', { name: 'Review approval' })).toHaveAttribute(
        'href',
        new RegExp(`/approvals/${id}/${asked}$`),
      )
      return asked
    })

  await test.step('C01: "approve", "do it" and ✅ in the thread change nothing', async () => {
    const chiaraChats = new ChatPage(await as('chiara'))
    await chiaraChats.open(sample_chat ?? '', PEOPLE.chiara, 'security-alerts')
    await chiaraChats.openThread(chiaraChats.message(mark))
    for (const words of ['approve', '✅', 'do it :white_check_mark:']) await chiaraChats.reply(words)
    await expect(chiaraChats.card.getByRole('button', { name: /approve/i })).toHaveCount(0)
    const file = await until(ada, id, ({ timeline }) => timeline.length > 0)
    expect(file.actions).toMatchObject([{ status: 'awaiting-approval', approvals: [], warrant: null }])
    expect(file.timeline.filter(({ type }) => type.startsWith('approval.'))).toEqual([])
    expect(await opens('svc_reports', password), 'nothing was carried out').toBe(true)
  })

  await test.step('C39: they stand in the case as what was answered in the thread, beside the message', async () => {
    const adaReads = new CasePage(await as('ada'))
    await adaReads.open(id)
    const said = adaReads.page.getByRole('region', { name: 'What was said' })
    await expect(said.getByText('Answered in the thread since')).toBeVisible()
    for (const words of ['approve', 'do it'])
      await expect(said.getByRole('listitem').filter({ hasText: words })).toContainText(PEOPLE.chiara.name)
  })

  await test.step('approved by Chiara on the desk it is carried out, verified by Grace, and closed', async () => {
    expect((await approve(chiara, id, request)).ok()).toBe(true)
    await ada.act(id, 'start-execution', { request })
    await until(ada, id, ({ actions }) => actions[0]?.status === 'executed')
    expect(await opens('svc_reports', password)).toBe(false)
    await ada.act(id, 'advance-case', { to: 'verify' })
    await grace.act(id, 'request-probe', { request })
    const { actions } = await until(ada, id, (file) => file.actions[0]?.probe)
    await grace.act(id, 'record-verification', {
      request,
      outcome: 'passed',
      evidence: [actions[0]?.probe?.result_sha256],
      note: null,
    })
    await ada.act(id, 'close-case', {
      disposition: 'remediated',
      summary: 'The password was rotated.',
      lessons: null,
    })
    await expect(hugoChats.card).toContainText('closed')
    await expect(hugoChats.card).toHaveCount(1)
  })

  await test.step('Esther’s export passes the verifier', async () => {
    const page = new CasePage(await as('esther'))
    await page.open(id)
    await expect(page.record).toContainText('in Slack')
    const exported = await esther.ask(`/api/v1/cases/${id}/export`, { purpose: 'Review of chat promotions' })
    expect(exported.ok()).toBe(true)
    const zip = info.outputPath('case.zip')
    await writeFile(zip, await exported.body())
    const report = await verify(zip, '--json')
    expect(JSON.parse(report.out)).toMatchObject({ integrity: 'pass', completeness: 'pass' })
    expect(report.code).toBe(0)
  })
})
