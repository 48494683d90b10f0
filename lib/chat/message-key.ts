/**
 *   messageKey(place) -> the key under which the same message is found again (`message_key` of a case)
 *   threadKey(place)  -> the same for its thread
 */
import { createHash } from 'node:crypto'
import type { OtherLink } from './permalink'

export type Place = { platform: 'slack' | 'teams'; channel: string; ts: string } | OtherLink

/**
 * The same message has one key, whether it came by shortcut (which knows the team's id) or by pasted link (which knows its
 * domain): so the key is made of what both know. Slack's channel ids are unique beyond the workspace.
 */
export function messageKey(place: Place): string {
  if (place.platform !== 'other') return `${place.platform}:${place.channel}:${place.ts}`
  return `link:${createHash('sha256').update(place.url).digest('hex')}`
}

export function threadKey({
  platform,
  channel,
  ts,
  thread_ts,
}: Exclude<Place, OtherLink> & { thread_ts: string | null }): string {
  return `${platform}-thread:${channel}:${thread_ts ?? ts}`
}
