import { createHash } from 'node:crypto'
import type { ModalView } from '@slack/web-api'
import { isRefusal } from '@/lib/act/refusal'
import type { ChatAdapter, Inbound, Verified } from '@/lib/chat/adapter'
import { slackAdapter } from '@/lib/chat/slack/adapter'
import type { CardMessage } from '@/lib/chat/slack/card'
import { answer } from './answer'
import { readBytes } from './body'
import type { Doors } from './deps'
import { type Door, open } from './door'
import { log } from './log'
import { notFound } from './not-found'
import { originsOf } from './typed-finding'

type Slack = ChatAdapter<ModalView, CardMessage>
/** What a verified request of Slack's is about. */
export type Told = {
  readonly doors: Doors
  readonly slack: Slack
  readonly verified: Verified
  readonly id: string
}

const MOST = 1024 * 1024
const kept = globalThis as { onRecordSlack?: { adapter: Slack; of: Doors } }

/** The connection to the organisation's own Slack app; null where there is none. */
function slackOf(doors: Doors): Slack | null {
  const { slack } = doors.settings
  if (!slack) return null
  if (kept.onRecordSlack?.of !== doors)
    kept.onRecordSlack = {
      of: doors,
      adapter: slackAdapter({ ...slack, origins: originsOf(doors.settings) }),
    }
  return kept.onRecordSlack.adapter
}

/** A route of Slack's: the raw body's signature first, and nothing is read before that (C38). */
export function slackDoor(take: (inbound: Inbound, told: Told) => Promise<Response | null>): Door {
  return open(async ({ request, doors, id }) => {
    const slack = slackOf(doors)
    if (!slack) return answer(notFound())
    const raw = await readBytes(request, MOST)
    if (isRefusal(raw)) return answer(raw)
    const verified = slack.verify(request.headers, raw, new Date())
    if ('refused' in verified) {
      log.warn({ request: id, why: verified.refused }, 'a request that claims to be Slack was refused')
      return new Response(null, { status: 401 })
    }
    let said: Response | null = null
    for (const inbound of slack.parse(verified, raw))
      said = (await take(inbound, { doors, slack, verified, id })) ?? said
    return said ?? new Response(null, { status: 200 })
  })
}

/** An id for what follows from a delivery, the same when it is delivered again. */
export function idOf(prefix: string, dedupe: string): string {
  return `${prefix}_${createHash('sha256').update(dedupe).digest('base64url').slice(0, 22)}`
}
