import { text } from 'node:stream/consumers'
import type { ContentStore } from '../../db/content/store'
import type { Checkpoints, Posted } from '../../lib/chat/slack/checkpoint'
import { parseCheckpoint } from '../../lib/record/checkpoint'
import { parseNote } from '../../lib/record/note'
import type { AnchorSettings } from '../../lib/registry/anchor-event'
import type { Anchors } from '../../lib/registry/anchors'
import { NotStamped } from './authority'

/** The newest checkpoint: its bytes are kept under their digest already. */
export type Head = { readonly note: string; readonly size: number; readonly checkpoint_sha256: string }
type Chat = NonNullable<AnchorSettings['chat']>

/**
 * Posts the checkpoint, once. Slack's posting is not idempotent, so we first look for a post of our own that nobody reported: a crash
 * between posting and reporting leaves one behind, and then that one is reported. Call it for one organisation at a time.
 * @throws NotStamped with a sentence that may stand on the record
 */
export async function chatAnchor(
  org: string,
  head: Head,
  { settings, recent, since }: Anchors,
  content: ContentStore,
  checkpoints: Checkpoints | null,
) {
  const { chat } = settings
  if (!chat) return null
  if (!checkpoints) throw new NotStamped('No chat is configured on this server.')
  const last = recent.find(({ kind }) => kind === 'chat')
  const left = orThrow(await checkpoints.find(chat.channel, lastTs(chat, last?.where) ?? tsOf(since)))
  const size = left && (await keptSize(content, org, left.checkpoint_sha256))
  if (left && size !== null) return told(chat, size, left)
  const posted = orThrow(await checkpoints.post(chat.channel, head))
  return told(chat, head.size, posted)
}

function told({ platform, team, channel }: Chat, size: number, posted: Posted) {
  return { size, platform, team, channel, ...posted }
}

function orThrow<T>(answer: T | { readonly why: string }): T {
  if (typeof answer === 'object' && answer !== null && 'why' in answer) throw new NotStamped(answer.why)
  return answer as T
}

/** The message of the last anchor in this channel, from its link: `.../archives/<channel>/p<10 + 6 digits>`. */
function lastTs({ channel }: Chat, permalink: string | undefined): string | null {
  const [, place, seconds, rest] = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/.exec(permalink ?? '') ?? []
  return place === channel ? `${seconds}.${rest}` : null
}

/** Seconds since 1970, as Slack writes them. */
function tsOf(time: string): string {
  return (Date.parse(time) / 1000).toFixed(6)
}

/** How far the log had got by what was posted; null where its bytes are not kept any more. */
async function keptSize(content: ContentStore, org: string, sha256: string): Promise<number | null> {
  const file = await content.read(org, sha256)
  return file && parseCheckpoint(parseNote(await text(file.stream)).text).size
}
