import type { WebClient } from '@slack/web-api'
import { failureOf } from './failure'
import { botId, isFromBot } from './message'
import type { SlackMessage } from './payload'

export type Author = { name: string; id: string | null; flags: string[] }

/**
 * Who wrote a message. For a program the name is what it calls itself, so the flag `bot` and the app's real id stand
 * beside it (C41). Guests, strangers from connected organisations and removed accounts are flagged.
 */
async function authorOf(api: WebClient, message: SlackMessage, team: string | null): Promise<Author> {
  if (isFromBot(message)) {
    const name = message.username ?? (message.user ? (await personOf(api, message.user, team)).name : 'a bot')
    return { name, id: botId(message), flags: ['bot'] }
  }
  if (!message.user) return { name: 'unknown', id: null, flags: [] }
  return personOf(api, message.user, team)
}

export async function personOf(api: WebClient, id: string, team: string | null): Promise<Author> {
  try {
    const { user } = await api.users.info({ user: id })
    const name = user?.profile?.display_name || user?.real_name || user?.name || id
    const home = user?.team_id ?? team
    const facts: [string, boolean][] = [
      ['bot', Boolean(user?.is_bot) || id === 'USLACKBOT'],
      ['guest', Boolean(user?.is_restricted) || Boolean(user?.is_ultra_restricted)],
      ['external', Boolean(user?.is_stranger) || (team !== null && home !== null && home !== team)],
      ['deleted', Boolean(user?.deleted)],
    ]
    return { name, id, flags: facts.filter(([, is]) => is).map(([flag]) => flag) }
  } catch (error) {
    const gone = ['user_not_found', 'user_not_visible'].includes(failureOf(error).code)
    return { name: id, id, flags: gone ? ['external'] : [] }
  }
}

/** Asks for each person once, and for so many at most: a name is worth less than an answer in time. */
export function remembered(
  api: WebClient,
  team: string | null,
  most = 60,
): (message: SlackMessage) => Promise<Author> {
  const known = new Map<string, Promise<Author>>()
  return (message) => {
    const key = isFromBot(message) ? `${message.bot_id}:${message.username}` : (message.user ?? '')
    const before = known.get(key)
    if (before) return before
    const author =
      known.size < most
        ? authorOf(api, message, team)
        : Promise.resolve({ name: message.user ?? 'unknown', id: message.user ?? null, flags: [] })
    known.set(key, author)
    return author
  }
}
