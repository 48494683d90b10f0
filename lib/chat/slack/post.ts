import type { MessagePlace, PostedCard } from '../adapter'
import { CARD_EVENT, type CardMessage } from './card'
import type { SlackClients } from './client'
import { failureOf } from './failure'
import { findOwn } from './find-own'

type Thread = Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>

/**
 * Puts the card in the thread, once. Slack's posting is not idempotent, so: with a known message we update it; without,
 * we look for our own card first (a crash between posting and writing that down leaves one behind), and only then post.
 * Call it for one case at a time.
 */
export async function postCard(
  clients: SlackClients,
  place: Thread,
  card: CardMessage,
  known: string | null,
): Promise<PostedCard> {
  const standing = known ?? (await findOwnCard(clients, place, card.metadata.event_payload.case))
  if (standing !== null && (await updated(clients, place.channel, standing, card)))
    return { channel: place.channel, ts: standing, how: known === null ? 'found' : 'updated' }
  const answer = await clients.api.chat.postMessage({
    channel: place.channel,
    thread_ts: place.thread_ts ?? place.ts,
    unfurl_links: false,
    unfurl_media: false,
    ...card,
  })
  if (!answer.ts) throw new Error('Slack took the card and did not say where it is')
  return { channel: place.channel, ts: answer.ts, how: 'posted' }
}

/** False when the card is gone (somebody deleted it): then it is posted anew. */
async function updated(
  { api }: SlackClients,
  channel: string,
  ts: string,
  card: CardMessage,
): Promise<boolean> {
  try {
    await api.chat.update({ channel, ts, ...card })
    return true
  } catch (error) {
    if (['message_not_found', 'cant_update_message'].includes(failureOf(error).code)) return false
    throw error
  }
}

/** Our card of this case in the thread. */
export function findOwnCard(clients: SlackClients, place: Thread, caseId: string): Promise<string | null> {
  return findOwn(clients, place, CARD_EVENT, (about) => about.case === caseId)
}
