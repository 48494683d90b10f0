import type { Request } from '@/lib/action/action'
import { isReviewed } from '@/lib/action/break-glass'
import type { Case } from '@/lib/case/case'
import { waitingIn } from '@/lib/case/late'
import type { CardAction } from '@/lib/chat/adapter'
import type { Card } from '@/lib/chat/card'
import { lateWords } from '@/lib/telling/late-words'
import type { NameOf } from '@/lib/telling/words'
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
  const people = [
    state.assignee,
    ...state.requests.flatMap(({ approvals }) => approvals.map(({ approver }) => approver)),
    ...waitingIn(state).flatMap(({ waits_for, escalated_to }) => [
      ...waits_for,
      ...escalated_to.map(({ person }) => person),
    ]),
  ]
  return { state, card: drawn(state, version, await namesOf(sql, org, people), origin) }
}

export async function namesOf(sql: Client, org: string, people: Iterable<string | null>): Promise<NameOf> {
  const names = new Map<string, string>()
  for (const id of new Set(people)) if (id) names.set(id, (await readMember(sql, org, id))?.name ?? id)
  return (id) => (id ? (names.get(id) ?? id) : 'nobody')
}

function drawn(state: Case, version: number, name: NameOf, origin: string): Card {
  const waiting = state.requests.find((request) => request.phase === 'awaiting-approval')
  return {
    case: state.id,
    number: state.number,
    version,
    title: state.title,
    stage: state.stage,
    severity: state.severity,
    owner: state.assignee ? name(state.assignee) : null,
    lines: linesOf(state, name),
    url: `${origin}/cases/${state.id}`,
    approval_url: waiting ? `${origin}/approvals/${state.id}/${waiting.id}` : null,
    buttons: buttonsOf(state),
  }
}

/** How far its changes are, and who decided: whoever asked for one, and everybody in the thread, reads it there. */
export function linesOf(state: Case, name: NameOf): string[] {
  const { requests, stage } = state
  const emergencies = requests.filter((request) => !isReviewed(request))
  return [
    ...waitingIn(state).map((one) => lateWords(one, name)),
    ...emergencies.map(
      (request) => `Emergency: ${whatOf(request)} ran without its approvals, and two people review that`,
    ),
    ...requests.flatMap((request) =>
      standingOf(request, stage !== 'closed' && request === requests.at(-1), name),
    ),
  ]
}

function standingOf(request: Request, isLatest: boolean, name: NameOf): string[] {
  const said = (decision: 'approve' | 'refuse') =>
    list(
      request.approvals
        .filter((one) => !one.void && one.decision === decision)
        .map((one) => name(one.approver)),
    )
  switch (request.phase) {
    case 'awaiting-approval':
      return [`Waiting for approval: ${whatOf(request)}`]
    case 'approved':
      return [`Approved by ${said('approve')}: ${whatOf(request)}`]
    case 'refused':
      return isLatest ? [`Refused by ${said('refuse')}: ${whatOf(request)}`] : []
    case 'executed':
      return [`Carried out, not verified yet: ${whatOf(request)}`]
    default:
      return []
  }
}

function whatOf({ action }: Request): string {
  return `${action.kind} on ${action.target.name}`
}

function list(names: readonly string[]): string {
  return [...new Set(names)].join(' and ')
}

function buttonsOf({ stage, assignee }: Case): CardAction[] {
  if (stage === 'closed') return []
  const first: CardAction[] = stage === 'confirm' ? ['confirm'] : []
  const take: CardAction[] = stage === 'assign' && !assignee ? ['assign_me'] : []
  return [...first, ...take, 'comment']
}
