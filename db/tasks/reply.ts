import { z } from 'zod'
import { isRefusal } from '@/lib/act/refusal'
import type { Case } from '@/lib/case/case'
import type { Snapshot } from '@/lib/case/event'
import { mask } from '@/lib/chat/mask'
import { storable } from '@/lib/chat/storable'
import { caseState } from '../case-of'
import type { DraftContent } from '../drafts'
import { addTo } from '../promotion/promote'
import { type Chatting, isPassing, slackItself, TryAgain } from './chatting'

const payloadShape = z.object({
  org: z.string(),
  case: z.string(),
  /** Masked already: a queue is no place for a secret. */
  content: z.custom<DraftContent>((content) => typeof content === 'object' && content !== null),
  request: z.string(),
  key: z.string(),
})
export type ReplyPayload = Omit<z.output<typeof payloadShape>, 'org'>

/** A thread that goes on for ever is a conversation, and not what was found: the link leads to the rest. */
const MOST = 200

/** An answer in a promoted thread becomes a message of the case, beside what was said before. Doing it twice is once. */
export async function reply(deps: Chatting, payload: unknown): Promise<void> {
  const { org, case: id, content, request, key } = payloadShape.parse(payload)
  const found = await caseState(deps.sql, org, id)
  if (!found || found.state.snapshots.length >= MOST || isKnown(found.state, content.snapshot)) return
  const snapshot = await named(deps, content.snapshot)
  const added = await addTo(deps, slackItself(org, request), id, { ...content, snapshot }, key)
  if (isRefusal(added) && isPassing(added.code)) throw new TryAgain(added.code)
}

/** It came after the message was promoted and before its thread was fetched. */
function isKnown(state: Case, { channel, messages }: Snapshot): boolean {
  const ts = messages[0]?.message_id
  return state.snapshots.some(
    (kept) => kept.channel === channel && kept.messages.some(({ message_id }) => message_id === ts),
  )
}

/** Slack's event names a person by their id alone. */
async function named({ slack, fingerprintKey }: Chatting, snapshot: Snapshot): Promise<Snapshot> {
  const messages = await Promise.all(
    snapshot.messages.map(async (message) => {
      if (message.author_id === null || message.author_flags.includes('bot')) return message
      const { name, flags } = await slack.nameOf(message.author_id, snapshot.team)
      const author = storable((await mask(name, fingerprintKey)).text, 200)
      return { ...message, author, author_flags: [...new Set([...message.author_flags, ...flags])] }
    }),
  )
  return { ...snapshot, messages }
}
