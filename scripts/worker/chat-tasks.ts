import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TaskList } from 'graphile-worker'
import { openChatting } from '../../db/tasks/open-chatting'
import { slackTasks } from '../../db/tasks/slack-tasks'
import type { Work } from './work'

/** What is done in chat: fetching threads, keeping cards up to date, noticing edits. Nothing where no chat is connected. */
export function chatTasks({ deps, environment }: Work): TaskList {
  const { SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, SLACK_API_URL, SAMPLE_CHAT_URL } = environment
  const { ON_RECORD_DATA: data, ON_RECORD_KEYS: keys } = environment
  if (!SLACK_SIGNING_SECRET || !SLACK_BOT_TOKEN || !data || !keys) return {}
  const key = (name: string) => readFileSync(join(keys, name), 'utf8').trim()
  const chatting = openChatting(deps, {
    signingSecret: SLACK_SIGNING_SECRET,
    botToken: SLACK_BOT_TOKEN,
    apiUrl: SLACK_API_URL,
    origins: SAMPLE_CHAT_URL ? [SAMPLE_CHAT_URL] : [],
    data,
    fingerprintKey: key('fingerprint.key'),
    macKey: key('mac.key'),
  })
  return { ...slackTasks(chatting) }
}
