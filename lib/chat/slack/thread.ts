import { setTimeout as sleep } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import type { Limits } from '../adapter'
import { failureOf } from './failure'
import { message, type SlackMessage } from './payload'

/** Apps that are not a customer's own get no more than this; smaller pages cost nothing that matters. */
const PAGE = 15

export type Thread = {
  messages: SlackMessage[] /** Why it stops before the end; null when it does not. */
  gap: string | null
}

type Ask = { channel: string; ts: string; oldest?: string; metadata?: boolean }

/** A thread, page by page. Throws what Slack answers to the first page; later failures leave a gap that says so. */
export async function readThread(api: WebClient, ask: Ask, limits: Limits): Promise<Thread> {
  const messages = new Map<string, SlackMessage>()
  let patience = limits.patience
  let cursor: string | undefined
  for (;;) {
    try {
      const page = await api.conversations.replies({
        channel: ask.channel,
        ts: ask.ts,
        limit: PAGE,
        ...(ask.oldest ? { oldest: ask.oldest } : {}),
        ...(ask.metadata ? { include_all_metadata: true } : {}),
        ...(cursor ? { cursor } : {}),
      })
      for (const raw of page.messages ?? []) {
        const read = message.safeParse(raw)
        if (read.success) messages.set(read.data.ts, read.data)
      }
      cursor = page.response_metadata?.next_cursor || undefined
    } catch (error) {
      const { code, retryAfter } = failureOf(error)
      const wait = (retryAfter ?? 0) * 1_000
      if (code === 'rate_limited' && wait <= patience) {
        patience -= wait
        await sleep(wait)
        continue
      }
      if (messages.size === 0) throw error
      return {
        messages: [...messages.values()],
        gap: `Slack answered "${code}" after ${messages.size} messages`,
      }
    }
    if (cursor === undefined) return { messages: [...messages.values()], gap: null }
    if (messages.size >= limits.messages)
      return {
        messages: [...messages.values()].slice(0, limits.messages),
        gap: `only the first ${limits.messages} messages were taken`,
      }
  }
}
