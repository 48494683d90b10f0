import { slackClients } from './client'
import { failureOf } from './failure'

/** Posts a signed checkpoint as a message of its own; answers with where it is, or with why not, in a sentence. */
export type PostCheckpoint = (
  channel: string,
  size: number,
  note: string,
) => Promise<{ readonly message_id: string; readonly permalink: string } | { readonly why: string }>

type Environment = Readonly<Record<string, string | undefined>>

/** Null where no Slack app is configured. */
export function slackCheckpoints({ SLACK_BOT_TOKEN, SLACK_API_URL }: Environment): PostCheckpoint | null {
  if (!SLACK_BOT_TOKEN) return null
  const { api } = slackClients({ botToken: SLACK_BOT_TOKEN, apiUrl: SLACK_API_URL })
  return async (channel, size, note) => {
    try {
      const { ts } = await api.chat.postMessage({
        channel,
        text: checkpointMessage(size, note),
        unfurl_links: false,
        unfurl_media: false,
      })
      if (!ts) return { why: 'Slack took the checkpoint and did not say where it is.' }
      const { permalink } = await api.chat.getPermalink({ channel, message_ts: ts })
      return permalink ? { message_id: ts, permalink } : { why: 'Slack gave no link to the message.' }
    } catch (error) {
      const { code } = failureOf(error)
      return { why: WHY[code] ?? `Slack refused the message: ${code.slice(0, 100)}.` }
    }
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
export function checkpointMessage(size: number, note: string): string {
  return `The log's checkpoint at ${size} entries. Whoever keeps a copy can tell later whether history was rewritten: \`on-record verify --checkpoint\`.\n\`\`\`\n${note}\`\`\``
}
