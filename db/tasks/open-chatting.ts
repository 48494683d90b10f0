import { slackAdapter } from '@/lib/chat/slack/adapter'
import { contentStore } from '../content/store'
import type { Performing } from '../deps'
import type { Chatting } from './chatting'

export type ChatSettings = {
  readonly signingSecret: string
  readonly botToken: string
  readonly apiUrl: string | undefined
  /** Origins whose links count as Slack's beside Slack's own: the sample chat's. */
  readonly origins: readonly string[]
  /** Folder of the content store. */
  readonly data: string
  readonly fingerprintKey: string
  readonly macKey: string
}

/** What the worker needs for tasks about chat, beside what it has for all others. */
export function openChatting(
  deps: Performing,
  { data, fingerprintKey, macKey, ...slack }: ChatSettings,
): Chatting {
  return {
    ...deps,
    fingerprintKey,
    macKey,
    content: contentStore(deps.sql, data),
    slack: slackAdapter(slack),
  }
}
