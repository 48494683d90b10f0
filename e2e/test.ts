import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { type Api, apiOf } from './api'
import { PEOPLE, type Person } from './people'

type Journey = {
  /** A browser of that person's own, signed in. What goes wrong inside any of them fails the journey. */
  as: (person: Person, options?: BrowserContextOptions) => Promise<Page>
  /** What that person does over the API, for the steps that another journey shows in the browser. */
  api: (person: Person) => Promise<Api>
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

export const test = base.extend<Journey>({
  as: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    const broken: string[] = []
    await use(async (person, options = {}) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...options })
      contexts.push(context)
      await signIn(context, person, baseURL ?? '')
      const page = await context.newPage()
      page.on('pageerror', (error) => broken.push(`${person}: ${error.message}`))
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(broken, 'errors in the pages').toEqual([])
  },
  api: async ({ playwright, baseURL }, use) => {
    const made: Api[] = []
    await use(async (person) => {
      const api = await apiOf(playwright.request, baseURL ?? '', person)
      made.push(api)
      return api
    })
    await Promise.all(made.map((api) => api.close()))
  },
})

async function signIn(context: BrowserContext, person: Person, origin: string): Promise<void> {
  const answer = await context.request.post('/api/auth/local', {
    data: { person: PEOPLE[person].id },
    headers: { origin },
  })
  expect(answer.ok(), `${person} signs in`).toBe(true)
}

export { expect }
