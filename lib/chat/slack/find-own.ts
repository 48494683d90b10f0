import type { MessagePlace } from '../adapter'
import type { SlackClients } from './client'
import { ownMessages } from './own'
import { readThread } from './thread'

const LOOK = { messages: 300, patience: 3_000 }

/** What we said ourselves in the thread, by its metadata. Anybody's app can write such metadata: it must be our own message. */
export async function findOwn(
  clients: SlackClients,
  place: Pick<MessagePlace, 'channel' | 'ts' | 'thread_ts'>,
  kind: string,
  isIt: (about: Readonly<Record<string, unknown>>) => boolean,
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
    (said) => said.metadata?.event_type === kind && isIt(said.metadata.event_payload ?? {}) && isOurs(said),
  )
  return own?.ts ?? null
}
