import type { DeliveredMessage } from '../adapter'
import type { SlackMessage } from './payload'
import { toPlain } from './text'

/** Slack's `ts` as a time. The digits after the dot only tell messages apart; the first three are near enough. */
export function saidAt(ts: string): string {
  return new Date(Math.floor(Number(ts.slice(0, 10)) * 1_000 + Number(ts.slice(11, 14)))).toISOString()
}

/** All that a reader of the message sees: text, blocks, attachments, names of files. */
export function messageText(message: SlackMessage): string {
  const parts: string[] = []
  const add = (part: string) => {
    const plain = toPlain(part).trim()
    if (plain !== '' && !parts.some((known) => known.includes(plain))) parts.push(plain)
  }
  add(message.text ?? '')
  for (const block of [...(message.blocks ?? []), ...(message.attachments ?? [])])
    for (const text of textsIn(block)) add(text)
  for (const file of message.files ?? []) add(`[file: ${file.name ?? file.title ?? 'without a name'}]`)
  return parts.join('\n')
}

const SPOKEN = new Set([
  'text',
  'fallback',
  'title',
  'title_link',
  'pretext',
  'value',
  'author_name',
  'footer',
  'alt_text',
  'url',
  'name',
])
const DEEPEST = 12

/** Strings that are shown, wherever Slack nests them; rich text repeats `text` and is left out by the caller's comparison. */
function* textsIn(node: unknown, key = '', depth = 0): Generator<string> {
  if (depth > DEEPEST) return
  if (typeof node === 'string') {
    if (SPOKEN.has(key)) yield node
  } else if (Array.isArray(node)) {
    for (const item of node) yield* textsIn(item, key, depth + 1)
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && node.type === 'emoji') return
    for (const [name, value] of Object.entries(node)) yield* textsIn(value, name, depth + 1)
  }
}

/** A message that a program posted: whatever name and picture it gave itself, it is that program (C41). */
export function isFromBot(message: SlackMessage): boolean {
  return Boolean(message.bot_id) || message.subtype === 'bot_message'
}

/** The program's own id: the app's, else the bot's. */
export function botId(message: SlackMessage): string | null {
  return message.app_id ?? message.bot_id ?? null
}

export function delivered(message: SlackMessage, team: string | null): DeliveredMessage {
  const bot = isFromBot(message)
  const home = message.user_team ?? message.team ?? team
  const external = !bot && team !== null && home !== team
  return {
    author: (bot ? message.username : null) ?? message.user ?? botId(message) ?? 'unknown',
    author_id: (bot ? botId(message) : message.user) ?? null,
    author_flags: [...(bot ? ['bot'] : []), ...(external ? ['external'] : [])],
    said_at: saidAt(message.ts),
    text: messageText(message),
    files: message.files?.length ?? 0,
  }
}
