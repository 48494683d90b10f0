import { z } from 'zod'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'
import type { Case } from '@/lib/case/case'
import type { Snapshot } from '@/lib/case/event'
import type { MessagePlace } from '@/lib/chat/adapter'
import { cardMessage } from '@/lib/chat/slack/card'
import { within } from '../within'
import { placeOf } from './capture'
import { cardOf } from './card-of'
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
  const found = await cardOf(deps.sql, org, id, deps.origin)
  const place = found && placeInSlack(found.state)
  if (!found || !place) return
  const { state, card } = found
  const known = state.card?.channel === place.channel ? state.card.message_id : null
  const message = cardMessage(card, deps.macKey, place.team ?? '', place.channel)
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

/** The message in Slack that the case came from; null where it came from elsewhere. */
export function placeInSlack({ snapshots }: Case): MessagePlace | null {
  const snapshot = snapshots.find(cameFromSlack)
  return snapshot ? placeOf(snapshot) : null
}

/** Where somebody merely pasted a link, On Record has no business in that conversation. */
function cameFromSlack({ platform, trust }: Snapshot): boolean {
  return platform === 'slack' && (trust === 'delivered' || trust === 'platform-verified')
}
