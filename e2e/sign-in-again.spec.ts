import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { CaseFile } from '@/lib/act/view/case'
import { CasePage } from './case-page'
import { asPasted } from './leak'
import { type Installation, install } from './server/installation'
import { addressOf, logIn, send, signOn, visit } from './server/people'
import { expect, test } from './test'

// As an organisation runs it: its own PostgreSQL, its single sign-on, its executor. Nobody of the sample is there.
const MEMBERS = [
  ['ada', 'Ada Okafor', ['analyst']],
  ['chiara', 'Chiara Lind', ['approver']],
  ['dev', 'Dev Raman', ['reporter']],
] as const
let here: Installation

test.beforeAll(async () => {
  here = await install(['farid', 'ada', 'chiara', 'dev', 'mallory'].map(addressOf), addressOf('farid'))
})
test.afterAll(async () => {
  await here?.stop()
})

test('C08: an approver whose sign-in is of this morning signs in again at the company’s own provider, and then approves', async ({
  browser,
}) => {
  const { url, signOn: provider } = here
  const farid = await visit(browser, url)

  await test.step('nobody signs in with a click, and the address behind it is closed', async () => {
    await expect(farid.getByText('Choose whom to be')).toHaveCount(0)
    const answer = await farid.request.post('/api/auth/local', {
      data: { person: 'usr_farid' },
      headers: { origin: url },
    })
    expect(answer.status()).toBe(404)
  })

  await test.step('the first administrator comes in through the provider, and sets up what is needed', async () => {
    await signOn(farid, 'farid')
    await expect(farid).toHaveURL(`${url}/inbox`)
    for (const [name, full, roles] of MEMBERS)
      await send(farid, '/api/v1/registry/add-member', {
        member: `usr_${name}`,
        name: full,
        email: addressOf(name),
        roles,
      })
    await here.startExecutor(await registered(farid))
  })

  await test.step('C69: whom nobody added is told so, and what would help', async () => {
    const mallory = await visit(browser, url)
    await signOn(mallory, 'mallory')
    await expect(mallory.getByRole('heading', { name: 'You are not a member here.' })).toBeVisible()
    await expect(mallory.getByText('Ask an administrator')).toBeVisible()
    await expect(mallory.getByRole('link', { name: 'Sign in with another account' })).toBeVisible()
    expect((await mallory.request.get('/api/v1/session')).status()).toBe(401)
  })

  const ada = new CasePage(await visit(browser, url))
  const id = await test.step('Dev reports, and Ada proposes a change of medium risk', async () => {
    const dev = await visit(browser, url)
    await signOn(dev, 'dev')
    await expect(dev).toHaveURL(/inbox/)
    const text = asPasted('svc_orders', here.target.sample.leakedPassword)
    const { case: made } = await send<{ case: string }>(dev, '/api/v1/promotions', {
      text,
      severity: 'medium',
    })
    await signOn(ada.page, 'ada')
    await expect(ada.page).toHaveURL(/inbox/)
    const { rows } = await ada.page.request
      .get('/api/v1/nhis?q=svc-orders')
      .then((answer) => answer.json() as Promise<{ rows: { id: string }[] }>)
    const nhi = rows[0]?.id ?? ''
    const act = (slug: string, input: object) => send(ada.page, `/api/v1/cases/${made}/${slug}`, input)
    await act('link-nhi', { nhi, reason: 'The message holds its password.' })
    await act('advance-case', { to: 'confirm' }).catch(() => null)
    await ada.open(made)
    await ada.confirm('The password in the log opens the database.')
    await act('assign-case', { assignee: 'usr_ada' })
    await ada.isIn('act')
    await ada.vouch('I opened the same log myself.')
    await ada.proposeRotation('The password is in a log that many can read')
    await expect(ada.page.getByRole('heading', { name: /dry run/ })).toBeVisible()
    return made
  })

  const chiara = await visit(browser, url, '/approvals')
  await test.step('Chiara’s session at the provider is of this morning: she may read, and is told what approving takes', async () => {
    provider.clock.hoursAgo = 3
    await signOn(chiara, 'chiara')
    provider.clock.hoursAgo = 0
    await chiara.getByRole('region', { name: 'For you to decide' }).locator(`a[href*="${id}"]`).click()
  })

  await test.step('she approves, and the provider asks who she is although it knows her, for exactly this statement', async () => {
    const yes = chiara.getByRole('button', { name: 'Sign in again and approve exactly this' })
    await expect(yes).toBeEnabled()
    const approval = chiara.url()
    const shown = await chiara.locator('details pre').first().textContent()
    await yes.click()
    await logIn(chiara, 'chiara')
    await expect(chiara).toHaveURL(approval)
    const asked = provider.seen.findLast(({ pathname }) => pathname === '/auth')
    expect(asked?.searchParams.get('max_age')).toBe('0')
    const nonce = createHash('sha256')
      .update(shown ?? '')
      .digest('base64url')
    expect(asked?.searchParams.get('nonce')).toBe(nonce)
    await expect(chiara.getByText('There is nothing to decide now.').first()).toBeVisible()
  })

  await test.step('the record says who vouched for her, and for what', async () => {
    const file = (await ada.page.request
      .get(`/api/v1/cases/${id}`)
      .then((answer) => answer.json())) as CaseFile
    const approved = file.timeline.find(({ type }) => type === 'approval.recorded')
    expect(approved?.data).toMatchObject({ approver: 'usr_chiara', method: 'oidc-nonce' })
  })

  await test.step('C68: signing out ends her session here', async () => {
    const [{ value: session = '' } = {}] = (await chiara.context().cookies()).filter(
      ({ name }) => name === 'on-record',
    )
    await chiara.getByRole('button', { name: /your menu/ }).click()
    await chiara.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(chiara.getByRole('link', { name: 'Sign in with your organisation' })).toBeVisible()
    const cookie = `on-record=${session}`
    expect((await chiara.request.get('/api/v1/session', { headers: { cookie } })).status()).toBe(401)
  })
})

/** The identities and the connector; answers with the executor's id. */
async function registered(admin: Page): Promise<string> {
  const common = { system: 'orders', environment: 'production', criticality: 'moderate', domain: 'orders' }
  await send(admin, '/api/v1/nhis', {
    ...common,
    kind: 'service-account',
    name: 'svc-orders',
    account: 'svc_orders',
    privilege: 'write',
    reach: 'Writes orders',
    purpose: 'The order service',
    owner: 'usr_dev',
  })
  const { stream } = await send<{ stream: string }>(admin, '/api/v1/nhis', {
    ...common,
    kind: 'executor',
    name: 'postgres-executor',
    account: 'executor',
    privilege: 'admin',
    reach: 'Alters the managed roles of the orders database',
    purpose: 'Carries out approved changes',
    owner: 'usr_dev',
  })
  for (const [use, jwk] of Object.entries(await here.executorKeys()))
    await send(admin, `/api/v1/nhis/${stream}/enroll-key`, { jwk, use })
  await send(admin, '/api/v1/registry/register-connector', {
    connector: here.target.target.name,
    kind: 'postgres',
    executor: stream,
    definition: `sha256:${'0'.repeat(64)}`,
    system: 'orders',
    environment: 'production',
  })
  return stream
}
