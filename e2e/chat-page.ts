import { expect, type Locator, type Page } from '@playwright/test'
import type { PEOPLE } from './people'

type Chatter = (typeof PEOPLE)[keyof typeof PEOPLE]

/** The sample chat, as one person sees it in their own browser. */
export class ChatPage {
  constructor(readonly page: Page) {}

  async open(address: string, person: Chatter, channel: string): Promise<void> {
    await this.page.goto(address)
    await this.page.getByLabel('Speaking as').selectOption({ label: person.name })
    await this.page.getByRole('button', { name: `# ${channel}` }).click()
    await expect(this.page.getByRole('heading', { name: `# ${channel}` })).toBeVisible()
  }

  async say(text: string): Promise<void> {
    await this.page.getByRole('main').getByRole('textbox', { name: 'Message' }).fill(text)
    await this.page.getByRole('button', { name: 'Send' }).click()
  }

  async reply(text: string): Promise<void> {
    await this.page.getByLabel('Reply', { exact: true }).fill(text)
    await this.page
      .getByRole('complementary', { name: 'Thread' })
      .getByRole('button', { name: 'Reply' })
      .last()
      .click()
    await expect(this.thread.getByRole('article').filter({ hasText: text }).first()).toBeVisible()
  }

  message(text: string): Locator {
    return this.page
      .getByRole('feed', { name: 'Messages', exact: true })
      .getByRole('article')
      .filter({ hasText: text })
  }

  /** The message’s menu item, and the form that On Record then opens. */
  async putOnRecord(message: Locator): Promise<Locator> {
    await message.hover()
    await message.getByRole('button', { name: 'Put on record' }).click()
    const form = this.page.getByRole('dialog', { name: 'Put on record' })
    await expect(form).toBeVisible()
    return form
  }

  async openThread(message: Locator): Promise<void> {
    await message.hover()
    await message.getByRole('button', { name: 'Reply', exact: true }).click()
    await expect(this.thread).toBeVisible()
  }

  get thread(): Locator {
    return this.page.getByRole('feed', { name: 'Messages of the thread' })
  }

  /** On Record’s own answer in the open thread: one, and edited in place. */
  get card(): Locator {
    return this.thread
      .getByRole('article')
      .filter({ has: this.page.getByRole('link', { name: 'Open the case' }) })
  }
}
