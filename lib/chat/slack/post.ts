import type { MessagePlace, PostedCard } from '../adapter'
import { CARD_EVENT, type CardMessage } from './card'
import type { SlackClients } from './client'
import { failureOf } from './failure'
import { ownMessages } from './own'
import { readThread } from './thread'

type Thread = Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>
const LOOK = { messages: 300, patience: 3_000 }

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

/** Our card of this case in the thread, by its metadata. Anybody's app can write such metadata: it must be our own message. */
export async function findOwnCard(
  clients: SlackClients,
  place: Thread,
  caseId: string,
): Promise<string | null> {
  const [{ messages }, isOurs] = await Promise.all([
    readThread(
      clients.api,
      { channel: place.channel, ts: place.thread_ts ?? place.ts, metadata: true },
      LOOK,
    ),
    ownMessages(clients.api),
  ])
  const own = messages.find(
    (said) =>
      said.metadata?.event_type === CARD_EVENT &&
      said.metadata.event_payload?.case === caseId &&
      isOurs(said),
  )
  return own?.ts ?? null
}
