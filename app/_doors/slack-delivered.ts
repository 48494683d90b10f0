import type { Snapshot } from '@/lib/case/event'
import type { DeliveredMessage, MessagePlace } from '@/lib/chat/adapter'
import type { Told } from './slack'

/** Slack's signature covers what the request carried: this one message. */
export function deliveredSnapshot(
  place: MessagePlace,
  message: DeliveredMessage,
  { verified }: Told,
): Snapshot {
  const { team, channel, channel_name, ts, thread_ts } = place
  const { author, author_id, author_flags, said_at, text, files } = message
  const named = files > 0 ? ` ${files} file${files === 1 ? '' : 's'} of it were not copied.` : ''
  return {
    platform: 'slack',
    permalink: null,
    team,
    channel,
    channel_name,
    thread: thread_ts,
    messages: [{ author, author_id, author_flags, said_at, message_id: ts, text }],
    completeness: 'partial',
    completeness_reason: `The request carried the message, not its thread.${named}`,
    trust: 'delivered',
    verified: verified.scheme,
    received_at: verified.at,
    raw_sha256: verified.raw_sha256,
  }
}
