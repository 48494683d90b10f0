import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { PASSWORD } from './provider'

export const addressOf = (name: string) => `${name}@halden.example`

/** A browser of that person's own, which has come to the sign-in page by itself. */
export async function visit(browser: Browser, url: string, path = '/inbox'): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: url })).newPage()
  await page.goto(path)
  await expect(page.getByRole('link', { name: 'Sign in with your organisation' })).toBeVisible()
  return page
}

export async function signOn(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with your organisation' }).click()
  await logIn(page, name)
}

/** On the provider's own page. */
export async function logIn(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Halden single sign-on' })).toBeVisible()
  await page.getByLabel('Address').fill(addressOf(name))
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** What the person of this page sends over the public API, with the session that their browser has. */
export async function send<T>(page: Page, path: string, data: object): Promise<T> {
  const { origin } = new URL(page.url())
  const headers = { origin, 'Idempotency-Key': randomUUID() }
  const answer = await page.request.post(path, { data, headers })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}
