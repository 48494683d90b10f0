import type { WebClient } from '@slack/web-api'
import type { SlackMessage } from './payload'

/** Tells our own messages: anybody's app can write metadata that looks like ours. */
export async function ownMessages(api: WebClient): Promise<(message: SlackMessage) => boolean> {
  const self = await api.auth.test()
  return ({ user, bot_id }) =>
    (self.bot_id !== undefined && bot_id === self.bot_id) ||
    (self.user_id !== undefined && user === self.user_id)
}
