import { z } from 'zod'
import type { Finding } from '@/db/promotion/promote'
import { type Refusal, refuse } from '@/lib/act/refusal'
import { instant, text } from '@/lib/act/text'
import { CATEGORIES, SEVERITIES, type Snapshot } from '@/lib/case/event'
import { messageKey } from '@/lib/chat/message-key'
import { type Permalink, parsePermalink } from '@/lib/chat/permalink'
import type { Settings } from './settings'

/** A message that a person pasted, with what they say about it. */
export const typedFinding = z.strictObject({
  url: z.string().max(2_000).nullish(),
  author: text(200).nullish(),
  said_at: instant.nullish(),
  text: text(40_000),
  title: text(200).nullish(),
  category: z.enum(CATEGORIES).nullish(),
  severity: z.enum(SEVERITIES).nullish(),
  note: text(4_000).nullish(),
})
export type TypedFinding = z.output<typeof typedFinding>

/** Nothing of it could be checked, and the snapshot says so. */
export function findingOf(
  typed: TypedFinding,
  settings: Pick<Settings, 'sampleChat'>,
  now: Date,
): Finding | Refusal {
  const link = typed.url ? parsePermalink(typed.url, { origins: originsOf(settings) }) : null
  if (typed.url && !link) {
    return refuse(
      'invalid',
      '"url": this is not the link to one message.',
      'Copy the message’s own link in the chat, or leave it out.',
      { field: 'url' },
    )
  }
  return { snapshot: snapshotOf(typed, link, now), message_key: link ? messageKey(link) : null, by: null }
}

export function originsOf({ sampleChat }: Pick<Settings, 'sampleChat'>): string[] {
  return sampleChat ? [new URL(sampleChat).origin] : []
}

function snapshotOf(typed: TypedFinding, link: Permalink | null, now: Date): Snapshot {
  const inChat = link && link.platform !== 'other' ? link : null
  return {
    platform: link?.platform ?? 'other',
    permalink: link?.url ?? null,
    team: inChat?.platform === 'slack' ? inChat.team : null,
    channel: inChat?.channel ?? null,
    channel_name: null,
    thread: inChat?.thread_ts ?? null,
    messages: [
      {
        author: typed.author ?? 'unknown',
        author_id: null,
        author_flags: ['unlinked'],
        said_at: typed.said_at ?? null,
        message_id: inChat?.ts ?? null,
        text: typed.text,
      },
    ],
    completeness: 'partial',
    completeness_reason: 'A person pasted it: the rest of the conversation was not fetched.',
    trust: 'typed',
    verified: null,
    received_at: now.toISOString(),
    raw_sha256: null,
  }
}
