import type { WebClient } from '@slack/web-api'
import { slackClients } from './client'
import { failureOf } from './failure'
import { ownMessages } from './own'
import { message, type SlackMessage } from './payload'

/** `checkpoint_sha256`: of the note's bytes. */
export type Posting = {
  readonly size: number
  readonly note: string
  readonly checkpoint_sha256: string
}
export type Posted = {
  readonly message_id: string
  readonly permalink: string
  readonly checkpoint_sha256: string
}
type Why = { readonly why: string }

/** Checkpoints as messages of their own in a channel. Whatever goes wrong is answered in a sentence. */
export type Checkpoints = {
  readonly post: (channel: string, posting: Posting) => Promise<Posted | Why>
  /**
   * Our own last message of a checkpoint that came after this one (Slack's `ts`): what a crash between posting and reporting left behind.
   * Null where there is none, and where this app may not read the channel.
   */
  readonly find: (channel: string, after: string) => Promise<Posted | Why | null>
}

type Environment = Readonly<Record<string, string | undefined>>

const CHECKPOINT_EVENT = 'onrecord_checkpoint'

/** Null where no Slack app is configured. */
export function slackCheckpoints({ SLACK_BOT_TOKEN, SLACK_API_URL }: Environment): Checkpoints | null {
  if (!SLACK_BOT_TOKEN) return null
  const { api } = slackClients({ botToken: SLACK_BOT_TOKEN, apiUrl: SLACK_API_URL })
  return {
    post: (channel, { size, note, checkpoint_sha256 }) =>
      inASentence(async () => {
        const { ts } = await api.chat.postMessage({
          channel,
          text: checkpointMessage(size, note),
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: CHECKPOINT_EVENT, event_payload: { checkpoint_sha256 } },
        })
        if (!ts) return { why: 'Slack took the checkpoint and did not say where it is.' }
        return linked(api, channel, ts, checkpoint_sha256)
      }),
    find: (channel, after) =>
      inASentence(async () => {
        const own = await lastOwn(api, channel, after).catch(nullIfBlind)
        return own && linked(api, channel, own.ts, own.checkpoint_sha256)
      }),
  }
}

async function linked(
  api: WebClient,
  channel: string,
  ts: string,
  checkpoint_sha256: string,
): Promise<Posted | Why> {
  const { permalink } = await api.chat.getPermalink({ channel, message_ts: ts })
  return permalink
    ? { message_id: ts, permalink, checkpoint_sha256 }
    : { why: 'Slack gave no link to the message.' }
}

const PAGE = 15
const MOST_PAGES = 20

/** Newest first, as Slack answers. */
async function lastOwn(
  api: WebClient,
  channel: string,
  after: string,
): Promise<{ ts: string; checkpoint_sha256: string } | null> {
  const isOurs = await ownMessages(api)
  let cursor: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await api.conversations.history({
      ...{ channel, oldest: after, limit: PAGE, include_all_metadata: true },
      ...(cursor ? { cursor } : {}),
    })
    for (const raw of page.messages ?? []) {
      const read = message.safeParse(raw)
      const checkpoint_sha256 = read.success && isOurs(read.data) ? digestIn(read.data) : null
      if (read.success && checkpoint_sha256 && read.data.ts > after)
        return { ts: read.data.ts, checkpoint_sha256 }
    }
    cursor = page.response_metadata?.next_cursor || undefined
    if (!cursor) return null
  }
  return null
}

/** The scopes to read a channel are optional: without them nothing can be found, and the checkpoint is posted. */
function nullIfBlind(error: unknown): null {
  if (failureOf(error).code === 'missing_scope') return null
  throw error
}

function digestIn({ metadata }: SlackMessage): string | null {
  const digest = metadata?.event_type === CHECKPOINT_EVENT && metadata.event_payload?.checkpoint_sha256
  return typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest) ? digest : null
}

async function inASentence<T>(work: () => Promise<T>): Promise<T | Why> {
  try {
    return await work()
  } catch (error) {
    const { code } = failureOf(error)
    return { why: WHY[code] ?? `Slack refused the message: ${code.slice(0, 100)}.` }
  }
}

const WHY: Readonly<Record<string, string>> = {
  unavailable: 'Slack did not answer.',
  rate_limited: 'Slack asks us to wait.',
  not_in_channel: 'On Record is not in that channel: invite it.',
  channel_not_found: 'There is no such channel, or On Record is not in it.',
  is_archived: 'The channel is archived.',
}

/** The whole signed note, word for word, so that whoever copies it from the channel holds a checkpoint. A note holds no `&`, `<` or `>`. */
function checkpointMessage(size: number, note: string): string {
  return `The log's checkpoint at ${size} entries. Whoever keeps a copy can tell later whether history was rewritten: \`on-record verify --checkpoint\`.\n\`\`\`\n${note}\`\`\``
}
