import { expect, type Locator, type Page } from '@playwright/test'
import type { Stage } from '@/lib/case/event'

/** What a person does on a case's page. */
export class CasePage {
  constructor(readonly page: Page) {}

  /** What others do arrives by itself: from here on nothing needs a reload. */
  async open(id: string): Promise<void> {
    await this.page.goto(`/cases/${id}`)
    await expect(this.page.getByRole('heading', { name: 'What happens next' })).toBeVisible()
    await live(this.page)
  }

  async isIn(stage: Exclude<Stage, 'closed'>): Promise<void> {
    await expect(
      this.page.getByRole('navigation', { name: 'Stages' }).locator('[aria-current=step]'),
    ).toContainText(stage, { ignoreCase: true })
  }

  get record(): Locator {
    return this.page.getByRole('region', { name: 'The record' }).getByRole('list')
  }

  /** Presses the button (in the next step, a section or a card) and answers with the dialog that it opens. */
  async press(button: string, dialog: string): Promise<Locator> {
    await this.page.getByRole('main').getByRole('button', { name: button, exact: true }).first().click()
    const opened = this.page.getByRole('dialog', { name: dialog })
    await expect(opened).toBeVisible()
    return opened
  }

  async send(dialog: Locator, button: string): Promise<void> {
    await dialog.getByRole('button', { name: button, exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async vouch(reason: string): Promise<void> {
    const dialog = await this.press('Vouch for the message', 'Vouch for the message')
    await dialog.getByLabel('How you know that it is genuine').fill(reason)
    await this.send(dialog, 'Vouch for it')
  }

  async confirm(saw: string): Promise<void> {
    const dialog = await this.press('Confirm', 'Confirm that it is real')
    await choose(dialog, 'How critical is what it touches?', 'high')
    await choose(dialog, 'How much may the identity do?', 'moderate')
    await choose(dialog, 'How exposed is it now?', 'internal')
    await dialog.getByLabel('What you looked at, and what you saw').fill(saw)
    await this.send(dialog, 'Confirm')
  }

  async assignTo(name: string): Promise<void> {
    const dialog = await this.press('Assign', 'Ask somebody to take the case')
    const who = dialog.getByLabel('Who')
    await who.selectOption(await who.locator('option', { hasText: name }).getAttribute('value'))
    await this.send(dialog, 'Ask')
  }

  async accept(): Promise<void> {
    await this.send(await this.press('Accept', 'Accept the case'), 'Accept')
  }

  async proposeRotation(purpose: string): Promise<void> {
    const dialog = await this.press('Propose a change', 'Propose a change')
    await choose(dialog, 'What', /^Rotate the password/)
    await dialog.getByLabel(/^End the sessions that are open now/).check()
    await dialog.getByLabel('Business purpose').fill(purpose)
    await this.send(dialog, 'Propose')
  }

  async carryOut(): Promise<void> {
    await this.send(await this.press('Carry it out', 'Carry it out now'), 'Carry it out')
  }

  async moveOnTo(stage: Stage): Promise<void> {
    await this.send(await this.press(`Move on to ${stage}`, `Move on to ${stage}`), 'Move on')
  }

  async probe(): Promise<void> {
    await this.send(await this.press('Look whether it worked', 'Look whether it worked'), 'Look')
  }

  async judgeThatItWorked(note: string): Promise<void> {
    const dialog = await this.press('Judge it', 'Judge whether it worked')
    await choose(dialog, 'Did it work?', /^It worked/)
    await dialog.getByLabel(/^Note/).fill(note)
    await this.send(dialog, 'Record the verdict')
  }

  async close(summary: string): Promise<void> {
    const dialog = await this.press('Close the case', 'Close the case')
    await choose(dialog, 'How it ended', 'remediated')
    await dialog.getByLabel('What happened, and what was done').fill(summary)
    await this.send(dialog, 'Close the case')
  }
}

async function choose(dialog: Locator, question: string, answer: string | RegExp): Promise<void> {
  const radio = dialog.getByRole('group', { name: question, exact: true }).getByRole('radio', {
    name: typeof answer === 'string' ? new RegExp(`^${answer}\\b`, 'i') : answer,
  })
  await radio.check()
}

/** The page follows what others do. */
async function live(page: Page): Promise<void> {
  await expect(page.getByRole('status', { name: /^Live\./ })).toBeAttached()
}

export function caseIdIn(address: string): string {
  return /case_[\w-]+/.exec(address)?.[0] ?? ''
}
