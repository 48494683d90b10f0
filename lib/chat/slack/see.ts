import type { WebClient } from '@slack/web-api'
import type { ChatPerson, MessagePlace, NotSeen, Seen } from '../adapter'
import { failureOf } from './failure'

const PAGE = 200
const MOST_PAGES = 50

/**
 * Is this person in that conversation? Asked before we fetch a link that they pasted: otherwise anybody could have the
 * bot read out a channel that they are not in (the confused deputy).
 */
export async function canSee(
  api: WebClient,
  person: Pick<ChatPerson, 'user'>,
  place: Pick<MessagePlace, 'channel'>,
): Promise<Seen | NotSeen> {
  let cursor: string | undefined
  try {
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await api.conversations.members({
        channel: place.channel,
        limit: PAGE,
        ...(cursor ? { cursor } : {}),
      })
      if (answer.members?.includes(person.user)) return { seen: true }
      cursor = answer.response_metadata?.next_cursor || undefined
      if (cursor === undefined) return { seen: false, why: 'not_a_member' }
    }
  } catch (error) {
    return { seen: false, why: whyNot(failureOf(error).code) }
  }
  return { seen: false, why: 'not_a_member' }
}

export function whyNot(code: string): NotSeen['why'] {
  if (code === 'not_in_channel') return 'app_not_in_channel'
  if (code === 'channel_not_found' || code === 'thread_not_found' || code === 'message_not_found')
    return 'no_such_channel'
  if (code === 'missing_scope' || code === 'not_allowed_token_type') return 'missing_scope'
  return 'unavailable'
}
