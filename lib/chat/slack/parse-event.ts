import type { Inbound, MessagePlace } from '../adapter'
import { dedupeKey } from './dedupe'
import { delivered, messageText } from './message'
import { type EventCallback, message as messageShape, type SlackMessage } from './payload'

/** Events API: only what drift, unfurling and uninstalling need. A message that says "approve" is a message, and no more (C01). */
export function parseEvent(callback: EventCallback): Inbound[] {
  const { event, event_id } = callback
  const dedupe = dedupeKey('event', event_id)
  switch (event.type) {
    case 'message':
      return [observed(callback, dedupe)]
    case 'link_shared':
      return [linkSeen(callback, dedupe)]
    case 'app_uninstalled':
    case 'tokens_revoked':
      return [{ kind: 'lifecycle', what: 'uninstalled', challenge: null, dedupe }]
    default:
      return [{ kind: 'ignore', why: `the event ${event.type.slice(0, 40)} changes nothing`, dedupe }]
  }
}

function observed(callback: EventCallback, dedupe: string): Inbound {
  const { event } = callback
  if (event.subtype === 'message_changed') return edited(callback, dedupe)
  if (event.subtype === 'message_deleted') return deleted(callback, dedupe)
  if (event.thread_ts && event.thread_ts !== event.ts && (!event.subtype || event.subtype === 'bot_message'))
    return replied(callback, dedupe)
  return { kind: 'ignore', why: 'a message outside any thread of ours', dedupe }
}

/** An unfurl or a reaction also arrives as "changed": only another text is an edit. */
function edited(callback: EventCallback, dedupe: string): Inbound {
  const now = messageShape.safeParse(callback.event.message)
  const before = messageShape.safeParse(callback.event.previous_message)
  if (!now.success) return { kind: 'ignore', why: 'a change without a message', dedupe }
  if (isOurs(callback, now.data)) return { kind: 'ignore', why: 'our own message', dedupe }
  if (now.data.subtype === 'tombstone')
    return {
      kind: 'observed',
      change: 'deleted',
      ...common(callback, now.data.ts, now.data.thread_ts),
      author_id: null,
      text: null,
      dedupe,
    }
  const text = messageText(now.data)
  if (before.success && messageText(before.data) === text)
    return { kind: 'ignore', why: 'changed, but says the same', dedupe }
  return {
    kind: 'observed',
    change: 'edited',
    ...common(callback, now.data.ts, now.data.thread_ts),
    author_id: now.data.user ?? null,
    text,
    dedupe,
  }
}

function deleted(callback: EventCallback, dedupe: string): Inbound {
  const { event } = callback
  const before = messageShape.safeParse(event.previous_message)
  const ts = event.deleted_ts ?? (before.success ? before.data.ts : null)
  if (ts === null) return { kind: 'ignore', why: 'a deletion without a message', dedupe }
  if (before.success && isOurs(callback, before.data))
    return { kind: 'ignore', why: 'our own message', dedupe }
  const author_id = before.success ? (before.data.user ?? null) : null
  return {
    kind: 'observed',
    change: 'deleted',
    ...common(callback, ts, before.success ? before.data.thread_ts : undefined),
    author_id,
    text: null,
    dedupe,
  }
}

function replied(callback: EventCallback, dedupe: string): Inbound {
  const reply = messageShape.safeParse(callback.event)
  if (!reply.success) return { kind: 'ignore', why: 'a reply of another shape', dedupe }
  if (isOurs(callback, reply.data)) return { kind: 'ignore', why: 'our own message', dedupe }
  return {
    kind: 'observed',
    change: 'replied',
    ...common(callback, reply.data.ts, reply.data.thread_ts),
    said: delivered(reply.data, callback.team_id),
    dedupe,
  }
}

/** Slack tells an app of what it posts and changes itself: the link-back card is no answer to the finding, and its new text no edit of it. */
function isOurs({ api_app_id, authorizations }: EventCallback, { app_id, user }: SlackMessage): boolean {
  const bots = authorizations?.filter(({ is_bot }) => is_bot).map(({ user_id }) => user_id) ?? []
  return (app_id != null && app_id === api_app_id) || (user !== undefined && bots.includes(user))
}

function linkSeen(callback: EventCallback, dedupe: string): Inbound {
  const { links = [], message_ts = '' } = callback.event
  return {
    kind: 'link_seen',
    place: common(callback, message_ts, undefined).place,
    links: links.map((link) => link.url),
    dedupe,
  }
}

function common(
  callback: EventCallback,
  ts: string,
  thread: string | undefined,
): { place: MessagePlace; observed_at: string } {
  const channel = typeof callback.event.channel === 'string' ? callback.event.channel : ''
  const thread_ts = thread === undefined || thread === ts ? null : thread
  return {
    place: { platform: 'slack', team: callback.team_id, channel, channel_name: null, ts, thread_ts },
    observed_at: new Date(callback.event_time * 1_000).toISOString(),
  }
}
