import type { Snapshot, SnapshotMessage } from '@/lib/case/event'

type Said = { author: string; text: string; minutes: number; flags?: SnapshotMessage['author_flags'] }

/** A thread as somebody pasted it: what was said, some minutes ago. */
export function pasted(channel: string, said: readonly Said[], now: Date): Snapshot {
  return {
    platform: 'other',
    permalink: null,
    team: null,
    channel: null,
    channel_name: channel,
    thread: null,
    messages: said.map(({ author, text, minutes, flags }) => ({
      author,
      author_id: null,
      author_flags: flags ?? [],
      said_at: new Date(now.getTime() - minutes * 60_000).toISOString(),
      message_id: null,
      text,
    })),
    completeness: 'partial',
    completeness_reason: 'Pasted by hand: there may be more in the channel.',
    trust: 'typed',
    verified: null,
    received_at: now.toISOString(),
    raw_sha256: null,
  }
}
