import type { TaskList } from 'graphile-worker'
import { keyRing } from '../../db/keys/ring'
import { wrapperOf } from '../../db/keys/wrapper'
import { openChatting } from '../../db/tasks/open-chatting'
import { slackTasks } from '../../db/tasks/slack-tasks'
import type { Work } from './work'

/** What is done in chat: fetching threads, keeping cards up to date, noticing edits. Nothing where no chat is connected. */
export function chatTasks({ deps, environment }: Work): TaskList {
  const { SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, SLACK_API_URL, SAMPLE_CHAT_URL } = environment
  const { ON_RECORD_DATA: data, ON_RECORD_KEYS: keys } = environment
  const wrapper = wrapperOf(environment)
  if (!SLACK_SIGNING_SECRET || !SLACK_BOT_TOKEN || !data || !keys || !wrapper) return {}
  const ring = keyRing(keys, wrapper)
  const key = (purpose: string) => ring.held(purpose)[0]?.text ?? ''
  const chatting = openChatting(deps, {
    signingSecret: SLACK_SIGNING_SECRET,
    botToken: SLACK_BOT_TOKEN,
    apiUrl: SLACK_API_URL,
    origins: SAMPLE_CHAT_URL ? [SAMPLE_CHAT_URL] : [],
    data,
    fingerprintKey: key('fingerprint'),
    macKey: key('mac'),
  })
  return { ...slackTasks(chatting) }
}
