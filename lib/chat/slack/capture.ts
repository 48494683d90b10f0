import type { Snapshot, SnapshotMessage } from '../../case/event'
import type { Captured, DeliveredMessage, Limits, MessagePlace, NotSeen } from '../adapter'
import { storable } from '../storable'
import type { SlackClients } from './client'
import { failureOf } from './failure'
import { messageText, saidAt } from './message'
import type { SlackMessage } from './payload'
import { remembered } from './people'
import { whyNot } from './see'
import { readThread, type Thread } from './thread'

/**
 * The message and its thread, fetched by our own connector: trust `platform-verified`. What is missing is said in
 * `completeness_reason`. Not masked yet.
 */
export async function capture(
  clients: SlackClients,
  place: MessagePlace,
  limits: Limits,
  now: Date,
): Promise<Captured | NotSeen> {
  try {
    const thread = await wholeThread(clients, place, limits)
    if (!thread.messages.some((message) => message.ts === place.ts))
      return { seen: false, why: 'no_such_channel' }
    return await snapshotOf(clients, place, thread, now)
  } catch (error) {
    return { seen: false, why: whyNot(failureOf(error).code) }
  }
}

/** A pasted link to a reply may not say which thread it is in: the message itself does. */
async function wholeThread(clients: SlackClients, place: MessagePlace, limits: Limits): Promise<Thread> {
  const root = place.thread_ts ?? place.ts
  const thread = await readThread(clients.api, { channel: place.channel, ts: root }, limits)
  const parent = thread.messages.find((message) => message.ts === place.ts)?.thread_ts
  if (parent === undefined || parent === root) return thread
  return readThread(clients.api, { channel: place.channel, ts: parent }, limits)
}

async function snapshotOf(
  clients: SlackClients,
  place: MessagePlace,
  thread: Thread,
  now: Date,
): Promise<Captured> {
  const author = remembered(clients.api, place.team)
  const messages = await Promise.all(
    promotedFirst(thread.messages, place.ts).map(async (message): Promise<SnapshotMessage> => {
      const { name, id, flags } = await author(message)
      return {
        author: storable(name, 200),
        author_id: id,
        author_flags: flags,
        said_at: saidAt(message.ts),
        message_id: message.ts,
        text: storable(messageText(message)),
      }
    }),
  )
  const files = filesOf(thread.messages)
  const gaps = [
    thread.gap,
    files.length > 0
      ? `${files.length} file${files.length === 1 ? ' was' : 's were'} named, not copied`
      : null,
  ].filter((gap) => gap !== null)
  const { permalink, channel_name } = await surroundings(clients, place)
  return {
    files,
    snapshot: {
      ...frame(place, now),
      permalink,
      channel_name,
      messages,
      ...completeness(gaps),
      trust: 'platform-verified',
      verified: 'slack-web-api',
      raw_sha256: null,
    },
  }
}

/** The promoted message stays in its place in the thread; only when the thread was cut before it does it come first. */
function promotedFirst(messages: SlackMessage[], ts: string): SlackMessage[] {
  const sorted = [...messages].sort((a, b) => (a.ts < b.ts ? -1 : 1))
  return sorted.slice(0, 500).some((message) => message.ts === ts)
    ? sorted.slice(0, 500)
    : sorted.filter((message) => message.ts === ts)
}

function filesOf(messages: SlackMessage[]): Captured['files'] {
  return messages.flatMap((message) =>
    (message.files ?? []).map((file) => ({
      name: file.name ?? file.title ?? 'without a name',
      bytes: file.size ?? 0,
      message_id: message.ts,
    })),
  )
}

function completeness(gaps: string[]): Pick<Snapshot, 'completeness' | 'completeness_reason'> {
  return gaps.length === 0
    ? { completeness: 'complete', completeness_reason: null }
    : { completeness: 'partial', completeness_reason: gaps.join('; ').slice(0, 500) }
}

/** Nice to have: without them the snapshot is no less true. */
async function surroundings(
  { api }: SlackClients,
  place: MessagePlace,
): Promise<{ permalink: string | null; channel_name: string | null }> {
  const [link, info] = await Promise.allSettled([
    api.chat.getPermalink({ channel: place.channel, message_ts: place.ts }),
    place.channel_name === null ? api.conversations.info({ channel: place.channel }) : Promise.resolve(null),
  ])
  const permalink = link.status === 'fulfilled' ? (link.value.permalink ?? null) : null
  const name = info.status === 'fulfilled' ? (info.value?.channel?.name ?? null) : null
  return { permalink, channel_name: place.channel_name ?? name }
}

function frame(place: MessagePlace, now: Date) {
  return {
    platform: 'slack',
    team: place.team,
    channel: place.channel,
    thread: place.thread_ts ?? place.ts,
    received_at: now.toISOString(),
  } as const
}

/** What is left when we may not read the channel: the message as the signed request carried it. Trust `delivered`. */
export function deliveredSnapshot(
  place: MessagePlace,
  message: DeliveredMessage,
  raw_sha256: string,
  why: NotSeen['why'],
  now: Date,
): Snapshot {
  const reason = {
    not_a_member: 'the person is not in that channel',
    app_not_in_channel: 'the app is not in that channel, so the thread could not be read',
    no_such_channel: 'Slack does not show that message to the app',
    missing_scope: 'the app lacks the scope to read threads',
    unavailable: 'Slack could not be asked for the thread',
  }[why]
  const { author, author_id, author_flags, said_at, text } = message
  return {
    ...frame(place, now),
    permalink: null,
    channel_name: place.channel_name,
    messages: [
      {
        author: storable(author, 200),
        author_id,
        author_flags,
        said_at,
        message_id: place.ts,
        text: storable(text),
      },
    ],
    ...completeness([reason, ...(message.files > 0 ? ['files were named, not copied'] : [])]),
    trust: 'delivered',
    verified: 'slack-v0-hmac',
    raw_sha256,
  }
}
