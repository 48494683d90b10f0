import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import type { CaseRow } from '@/lib/act/view/case'
import { type Api, until } from './api'

/** A finding as somebody types it: without a secret, so that it makes a case of its own. */
export function finding(title: string, more: object = {}) {
  return {
    text: `${title}. Seen in the log of the order service, trace ${randomUUID()}.`,
    author: 'Hugo Brandt',
    title,
    category: 'suspicious-access',
    severity: 'medium',
    ...more,
  }
}

export type Team = { hugo: Api; bruno: Api; ada: Api; chiara: Api }

/** Over the API: a case in act, with Ada, about this identity. */
export async function inAct(
  { hugo, bruno, ada }: Omit<Team, 'chiara'>,
  title: string,
  nhi: string,
): Promise<string> {
  const { case: id } = await hugo.promote(finding(title, { severity: 'high' }))
  await bruno.act(id, 'link-nhi', { nhi, reason: 'The log names it' })
  await bruno.act(id, 'confirm-case', {
    criticality: 'high',
    privilege: 'moderate',
    exposure: 'internal',
    note: 'I saw the same sessions.',
  })
  await bruno.act(id, 'assign-case', { assignee: 'usr_ada' })
  await ada.act(id, 'accept-assignment')
  await ada.act(id, 'raise-trust', { reason: 'I read the log myself.' })
  return id
}

/** Over the API: a proposed rotation, planned and waiting for an approval. Answers with its request. */
export async function proposed(ada: Api, id: string, nhi: string): Promise<string> {
  await ada.act(id, 'propose-action', {
    kind: 'postgres.rotate-password',
    params: { end_sessions: false },
    nhi,
    purpose: 'Make the old password worthless',
  })
  const file = await until(ada, id, ({ actions }) => actions[0]?.status === 'awaiting-approval')
  return file.actions[0]?.request ?? ''
}

/** The sample's closed case, which its own executor worked after the start. */
export async function closedCase(api: Api): Promise<CaseRow> {
  const { rows } = await api.get<{ rows: CaseRow[] }>('/api/v1/cases?view=closed')
  const found = rows.find(({ title }) => title === 'Reporting password printed in a build log')
  expect(found, 'the sample has a closed case').toBeDefined()
  return found as CaseRow
}
