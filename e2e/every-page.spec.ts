import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Api } from './api'
import { packed } from './bundle'
import { closedCase, inAct, proposed } from './findings'
import type { Person } from './people'
import { expect, PHONE, test } from './test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The rules that look at colours: all that another theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block']
const WIDE = { viewport: { width: 1440, height: 900 } }

/** Each page, by its address, with what has to stand on it before it is looked at. */
type Stop = readonly [path: string, shows: (page: Page) => ReturnType<Page['getByRole']>]
type Place = { act: string; closed: string; request: string /** Of the closed case. */; done: string }

const heading = (name: string | RegExp, level?: number) => (page: Page) =>
  page.getByRole('heading', { name, ...(level ? { level } : {}) }).first()
const text = (words: string) => (page: Page) =>
  page.getByRole('main').getByText(words).filter({ visible: true }).first()

const STOPS: Record<string, (place: Place) => { person: Person; stops: Stop[] }> = {
  'the analyst’s pages': ({ act, closed }) => ({
    person: 'ada',
    stops: [
      ['/inbox?view=open', (page) => page.getByRole('table', { name: 'Cases' })],
      ['/inbox?view=open&q=nothing-is-called-that', text('No case fits these filters')],
      ['/inbox?view=closed&days=90', text('Until closed')],
      [`/cases/${act}`, heading('Actions')],
      [`/cases/${act}?do=assignCase`, heading('Ask somebody to take the case')],
      [`/cases/${act}?do=proposeAction`, heading('Propose a change')],
      [`/cases/${act}?do=attachEvidence`, heading('Attach evidence')],
      [`/cases/${closed}`, text('Closed: remediated.')],
      ['/cases/case_that_is_not_there', text('This case can’t be shown')],
      ['/promote', (page) => page.getByLabel('What was said')],
    ],
  }),
  'the approver’s pages': ({ act, request }) => ({
    person: 'chiara',
    stops: [
      ['/approvals', heading('For you to decide')],
      [`/approvals/${act}/${request}`, (page) => page.getByRole('region', { name: 'Your decision' })],
      ['/inbox', (page) => page.getByRole('navigation', { name: 'Views' })],
      ['/passkeys', heading('Your passkeys')],
      ['/not-a-page', heading(/./)],
    ],
  }),
  'the auditor’s desk': ({ closed, done }) => ({
    person: 'esther',
    stops: [
      [`/cases/${closed}/replay?at=12`, heading('Who could do what')],
      [`/cases/${closed}/replay?at=0`, text('Policy, asked again, decides the same')],
      [`/cases/${closed}/actions/${done}`, heading('The entries')],
      ['/cases/case_that_is_not_there/replay', text('This replay can’t be shown')],
    ],
  }),
  'the registry and the history': ({ closed }) => ({
    person: 'esther',
    stops: [
      ['/identities', (page) => page.getByRole('link', { name: 'svc-orders' })],
      ['/identities?q=nothing-is-called-that', text('No identity fits these filters')],
      ['/identities/nhi_svc-orders', heading('svc-orders', 1)],
      ['/identities/nhi_backup-runner', text('nobody owns it')],
      ['/history?q=nothing-is-called-that', text('Nothing on record fits')],
      [
        `/history?case=${closed}`,
        (page) => page.getByRole('table', { name: 'History' }).getByRole('link').first(),
      ],
      [`/cases/${closed}?do=exportCase`, heading('Export the case')],
      ['/exports', heading('Exports')],
      ['/exports?new=yes', heading('New export')],
      ['/exports?new=history&type=approval.', heading(/^Export [\d,]+ cases?/)],
      ['/exports?new=history&q=nothing-is-called-that', text('In no case is there anything on record')],
    ],
  }),
  'the settings': () => ({
    person: 'farid',
    stops: [
      ['/settings', text('Esther Nowak')],
      ['/settings?tab=chat', text('Halden Instruments')],
      ['/settings?tab=connectors', text('postgres-executor')],
      ['/settings?tab=keys', text('localhost/log')],
      ['/settings?tab=witnesses', text('npx on-record witness')],
      ['/settings?tab=anchors', text('RFC 3161')],
      ['/settings?tab=policy', text('sha256:')],
      ['/settings?tab=erasure', heading('Legal holds')],
      ['/passkeys?of=usr_ivo', text('Ivo Petrov has no passkey')],
      ['/passkeys?of=usr_nobody', text('The passkeys can’t be shown')],
      ['/identities/nhi_mailer?do=disableNhi', heading('Stop mailer at once')],
    ],
  }),
}

const SCREENS = { wide: WIDE, phone: PHONE } as const

for (const [pages, stopsOf] of Object.entries(STOPS)) {
  for (const [width, device] of Object.entries(SCREENS)) {
    test(`${pages}, ${width}: nothing for axe in light and dark, no error in the console, nothing wider than the screen`, async ({
      as,
      api,
    }) => {
      const { person, stops } = stopsOf(await place(api))
      const page = await as(person, device)
      const errors = errorsOf(page)
      for (const [path, shows] of stops) {
        await test.step(path, async () => {
          await page.goto(path)
          await expect(shows(page)).toBeVisible()
          await look(page, path)
        })
      }
      expect(errors()).toEqual([])
    })
  }
}

for (const [width, device] of Object.entries(SCREENS)) {
  test(`the sign-in, ${width}: nothing for axe in light and dark, nothing wider than the screen`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ ...device, ...(baseURL ? { baseURL } : {}) })
    const page = await context.newPage()
    await page.goto('/sign-in')
    await expect(page.getByRole('button', { name: 'Ada Okafor' })).toBeVisible()
    await look(page, 'the sign-in')
    await context.close()
  })
}

for (const [width, device] of Object.entries(SCREENS)) {
  test(`the verifier’s page, ${width}: nothing for axe in light and dark, nothing wider than the screen`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ ...device, ...(baseURL ? { baseURL } : {}) })
    const page = await context.newPage()
    const errors = errorsOf(page)
    await page.goto('/verify')
    await look(page, 'the empty page')
    await page.getByText('What you bring yourself').click()
    await page.getByLabel('Choose a bundle (.zip)').setInputFiles(await packed('docs/vectors/sample-bag'))
    await page.getByRole('button', { name: 'Proof of case_01JNX7Q4ZP event 3' }).click()
    await expect(page.getByRole('heading', { name: /^Proof of/ })).toBeVisible()
    await look(page, 'a report with a proof')
    expect(errors()).toEqual([])
    await context.close()
  })
}

async function look(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  expect.soft(await axe(page, (rules) => rules.withTags(WCAG)), `axe on ${path}`).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await axe(page, (rules) => rules.withRules(COLOURS)), `axe on ${path}, dark`).toEqual([])
  const wider = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect.soft(wider, `pixels wider than the screen on ${path}`).toBeLessThanOrEqual(0)
}

async function axe(page: Page, chosen: (builder: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // What is still fading in has other colours than it will have.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getTiming().iterations !== Infinity)
        .map((each) => each.finished.catch(() => null)),
    ),
  )
  // No frames to look into, and what passed is of no interest: both cost more than the rules.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  // Behind an open dialog is a page that was looked at by itself.
  if (await page.locator('dialog[open]').count()) builder.include('dialog[open]')
  const { violations } = await chosen(builder).analyze()
  return violations.map(({ id, nodes }) => {
    return `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join(' | ')}`
  })
}

/** What the browser complains about, but for its own note that an address we asked for on purpose has nothing. */
function errorsOf(page: Page): () => string[] {
  const found: string[] = []
  page.on('console', (message) => {
    const missing = message.type() === 'error' && /status of 404/.test(message.text())
    if (message.type() === 'error' && !missing) found.push(`${page.url()}: ${message.text()}`)
  })
  return () => found
}

let made: Promise<Place> | null = null

/** A case with a change that waits for Chiara, and the sample's closed one; made once for all pages. */
function place(api: (person: Person) => Promise<Api>): Promise<Place> {
  made ??= make(api)
  return made
}

async function make(api: (person: Person) => Promise<Api>): Promise<Place> {
  const team = { hugo: await api('hugo'), bruno: await api('bruno'), ada: await api('ada') }
  const act = await inAct(team, 'A change that waits', 'nhi_svc-reports')
  const request = await proposed(team.ada, act, 'nhi_svc-reports')
  const closed = (await closedCase(team.ada)).id
  const done = (await team.ada.file(closed)).actions[0]?.request ?? ''
  return { act, request, closed, done }
}
