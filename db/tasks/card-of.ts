import { isReviewed } from '@/lib/action/break-glass'
import type { Case } from '@/lib/case/case'
import type { CardAction } from '@/lib/chat/adapter'
import type { Card } from '@/lib/chat/card'
import { caseState } from '../case-of'
import type { Client } from '../client'
import { readMember } from '../members-sign-in'

/** What the case's card shows now; null when there is no such case. */
export async function cardOf(
  sql: Client,
  org: string,
  id: string,
  origin: string,
): Promise<{ card: Card; state: Case } | null> {
  const found = await caseState(sql, org, id)
  if (!found) return null
  const { state, version } = found
  const owner = state.assignee ? ((await readMember(sql, org, state.assignee))?.name ?? null) : null
  return { state, card: drawn(state, version, owner, origin) }
}

function drawn(state: Case, version: number, owner: string | null, origin: string): Card {
  const waiting = state.requests.filter((request) => request.phase === 'awaiting-approval')
  const emergencies = state.requests.filter((request) => !isReviewed(request))
  return {
    case: state.id,
    number: state.number,
    version,
    title: state.title,
    stage: state.stage,
    severity: state.severity,
    owner,
    lines: [
      ...emergencies.map(
        ({ action }) =>
          `Emergency: ${action.kind} on ${action.target.name} ran without its approvals, and two people review that`,
      ),
      ...waiting.map(({ action }) => `Waiting for approval: ${action.kind} on ${action.target.name}`),
    ],
    url: `${origin}/cases/${state.id}`,
    approval_url: waiting[0] ? `${origin}/approvals/${state.id}/${waiting[0].id}` : null,
    buttons: buttonsOf(state),
  }
}

function buttonsOf({ stage, assignee }: Case): CardAction[] {
  if (stage === 'closed') return []
  const first: CardAction[] = stage === 'confirm' ? ['confirm'] : []
  const take: CardAction[] = stage === 'assign' && !assignee ? ['assign_me'] : []
  return [...first, ...take, 'comment']
}
