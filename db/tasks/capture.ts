import { z } from 'zod'
import { isRefusal } from '@/lib/act/refusal'
import { CATEGORIES, SEVERITIES, type Snapshot } from '@/lib/case/event'
import type { Captured, ChatPerson, MessagePlace, NotSeen } from '@/lib/chat/adapter'
import { type DraftContent, finishDraft, readDraft } from '../drafts'
import { memberOfChat } from '../members-sign-in'
import { draftKey } from '../promotion/draft-key'
import { masked, promote } from '../promotion/promote'
import { type Chatting, isPassing, memberInSlack, slackItself, TryAgain } from './chatting'

const payloadShape = z.object({
  org: z.string(),
  draft: z.string(),
  request: z.string(),
  by: z.object({ platform: z.literal('slack'), team: z.string(), user: z.string(), name: z.string() }),
  values: z.object({
    title: z.string(),
    category: z.enum(CATEGORIES),
    severity: z.enum(SEVERITIES).nullable(),
    note: z.string().nullable(),
    existing: z.enum(['add', 'separate']).nullable(),
  }),
})
export type CapturePayload = Omit<z.output<typeof payloadShape>, 'org'>

const LIMITS = { messages: 500, patience: 20_000 }

/** The form was sent: the whole thread is fetched as the platform has it, masked, and put on record. Doing it twice is once. */
export async function capture(deps: Chatting, payload: unknown): Promise<void> {
  const { org, draft: id, by, values, request } = payloadShape.parse(payload)
  const draft = await readDraft(deps.sql, org, id)
  if (!draft || draft.case) return
  const content = await withThread(deps, org, draft.content, by)
  const member = await memberOfChat(deps.sql, org, by.platform, by.team, by.user)
  const actor = member ? memberInSlack(org, member, request) : slackItself(org, request)
  const reporter = member ? member.name : `unlinked Slack user ${by.name} (${by.user})`
  const { title, category, severity, note, existing } = values
  const saying = { title, category, severity, note, separate: existing === 'separate' }
  const promoted = await promote(deps, actor, content, saying, draftKey(id), reporter)
  if (!isRefusal(promoted)) return finishDraft(deps.sql, org, id, promoted.case)
  if (isPassing(promoted.code)) throw new TryAgain(promoted.code)
}

/** What the platform itself says is worth more than what came with the button, as far as this person may see it. */
async function withThread(
  deps: Chatting,
  org: string,
  content: DraftContent,
  by: ChatPerson,
): Promise<DraftContent> {
  const place = placeOf(content.snapshot)
  if (!place || content.snapshot.trust === 'platform-verified') return content
  const found = await look(deps, place, by)
  if ('snapshot' in found)
    return { ...(await masked(deps, org, { ...content, snapshot: found.snapshot })), by: content.by }
  const why = `The thread was not fetched: ${WHY[found.why]}`
  return { ...content, snapshot: { ...content.snapshot, completeness: 'partial', completeness_reason: why } }
}

async function look({ slack }: Chatting, place: MessagePlace, by: ChatPerson): Promise<Captured | NotSeen> {
  // The bot's reach is not the person's.
  const seen = await slack.canSee(by, place)
  return seen.seen ? slack.capture(place, LIMITS, new Date()) : seen
}

const WHY: Readonly<Record<NotSeen['why'], string>> = {
  not_a_member: 'whoever promoted it is not in that conversation.',
  app_not_in_channel: 'On Record is not in that conversation.',
  no_such_channel: 'the conversation or the message is not there.',
  missing_scope: 'On Record lacks the permission to read there.',
  unavailable: 'Slack did not answer.',
}

export function placeOf({
  platform,
  team,
  channel,
  channel_name,
  thread,
  messages,
}: Snapshot): MessagePlace | null {
  const ts = messages[0]?.message_id
  return platform === 'slack' && channel && ts
    ? { platform, team, channel, channel_name, ts, thread_ts: thread === ts ? null : thread }
    : null
}
