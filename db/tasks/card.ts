import { z } from 'zod'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Case } from '@/lib/case/case'
import type { Snapshot } from '@/lib/case/event'
import type { CardAction } from '@/lib/chat/adapter'
import type { Card } from '@/lib/chat/card'
import { cardMessage } from '@/lib/chat/slack/card'
import { caseState } from '../case-of'
import { readMember } from '../members-sign-in'
import { within } from '../within'
import { placeOf } from './capture'
import { type Chatting, isPassing, slackItself, TryAgain } from './chatting'

const payloadShape = z.object({ org: z.string(), case: z.string() })

/** Puts the case's one card into its thread, or brings it up to date. One worker at a time for a case, or there would be two cards. */
export async function card(deps: Chatting, payload: unknown): Promise<void> {
  const { org, case: id } = payloadShape.parse(payload)
  await within(deps.sql, org, async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`card/${org}/${id}`}, 0))`
    await post(deps, org, id)
  })
}

async function post(deps: Chatting, org: string, id: string): Promise<void> {
  const found = await caseState(deps.sql, org, id)
  const snapshot = found?.state.snapshots.find(cameFromSlack)
  const place = snapshot && placeOf(snapshot)
  if (!found || !place) return
  const { state, version } = found
  const known = state.card?.channel === place.channel ? state.card.message_id : null
  const owner = state.assignee ? ((await readMember(deps.sql, org, state.assignee))?.name ?? null) : null
  const message = cardMessage(
    cardOf(state, version, owner, deps.origin),
    deps.macKey,
    place.team ?? '',
    place.channel,
  )
  const posted = await deps.slack.postCard(place, message, known)
  if (posted.ts === known) return
  const input = { platform: 'slack', channel: posted.channel, message_id: posted.ts }
  const outcome = await perform(deps, slackItself(org, `card_${id}`), {
    kind: 'case',
    stream: id,
    command: 'recordCard',
    input,
    key: `card-${posted.ts}`,
  })
  if (isRefusal(outcome) && isPassing(outcome.code)) throw new TryAgain(outcome.code)
}

/** Where somebody merely pasted a link, On Record has no business in that conversation. */
function cameFromSlack({ platform, trust }: Snapshot): boolean {
  return platform === 'slack' && (trust === 'delivered' || trust === 'platform-verified')
}

function cardOf(state: Case, version: number, owner: string | null, origin: string): Card {
  const waiting = state.requests.filter((request) => request.phase === 'awaiting-approval')
  const url = `${origin}/cases/${state.id}`
  return {
    case: state.id,
    number: state.number,
    version,
    title: state.title,
    stage: state.stage,
    severity: state.severity,
    owner,
    lines: waiting.map(({ action }) => `Waiting for approval: ${action.kind} on ${action.target.name}`),
    url,
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
