import { caseOfMessage, caseTitle } from '@/db/case-of'
import { type DraftContent, keepDraft } from '@/db/drafts'
import { firstDelivery, firstDeliveryWithJob } from '@/db/inbox'
import { masked } from '@/db/promotion/promote'
import type { CapturePayload } from '@/db/tasks/capture'
import type { Category, Severity } from '@/lib/case/event'
import type { Inbound, MessagePlace } from '@/lib/chat/adapter'
import { messageKey } from '@/lib/chat/message-key'
import { formErrors, promotionModal } from '@/lib/chat/slack/modal'
import { later } from './later'
import { idOf, type Told } from './slack'
import { deliveredSnapshot } from './slack-delivered'

type Promote = Extract<Inbound, { kind: 'promote' }>
type Submit = Extract<Inbound, { kind: 'form_submit' }>

/** Draft first, chat second: the draft is kept before Slack is answered, and the form may come too late. */
export async function beginPromotion(inbound: Promote, told: Told): Promise<Response | null> {
  const { doors } = told
  const { dedupe, place, delivered, by } = inbound
  if (
    !(await firstDelivery(doors.sql, doors.settings.org, { key: dedupe, platform: 'slack', kind: 'promote' }))
  )
    return null
  if (!place || !delivered) return byLink(inbound, told)
  const snapshot = deliveredSnapshot(place, delivered, told)
  const content = await masked(doors, doors.settings.org, {
    snapshot,
    message_key: messageKey({ ...place }),
    by: { ...by, platform: 'slack' },
  })
  await offerForm(inbound, content, told)
  return null
}

async function offerForm(inbound: Promote, content: DraftContent, { doors, slack }: Told): Promise<void> {
  const { org } = doors.settings
  const draft = idOf('draft', inbound.dedupe)
  await keepDraft(doors.sql, org, draft, content)
  const duplicate = await caseOfMessage(
    doors.sql,
    org,
    content.message_key,
    content.secrets.map((each) => each.fingerprint),
  )
  const existing = duplicate ? await caseTitle(doors.sql, org, duplicate) : null
  const url = `${doors.origin}/promote/${draft}`
  const { title, category, severity, because } = content.suggested
  const form = promotionModal({
    draft,
    url,
    title,
    existing,
    preview: content.snapshot.messages[0]?.text ?? '',
    category: category as Category,
    severity: severity as Severity | null,
    because: [...because],
    masked: content.secrets.length,
  })
  later(async () => {
    const opened = inbound.trigger ? await slack.openForm(inbound.trigger, form) : 'failed'
    if (opened !== 'opened' && inbound.respond)
      await slack.tell(inbound.respond, `Slack’s form did not open in time. The same form is here: ${url}`)
  })
}

/** `/record <link>`: fetched by us, once it is sure that this person is in that conversation. */
function byLink(inbound: Promote, told: Told): Response {
  const { slack, doors } = told
  const link = inbound.link ? slack.parsePermalink(inbound.link) : null
  if (link?.platform !== 'slack') return say('Copy a message’s link in Slack, then: /record <link>')
  const { channel, ts, thread_ts, team } = link
  const place: MessagePlace = { platform: 'slack', team, channel, channel_name: null, ts, thread_ts }
  later(async () => {
    const seen = await slack.canSee(inbound.by, place)
    const found = seen.seen
      ? await slack.capture(place, { messages: 500, patience: 5_000 }, new Date())
      : seen
    if (!('snapshot' in found)) {
      if (inbound.respond) await slack.tell(inbound.respond, NOT_SEEN[found.why])
      return
    }
    const content = await masked(doors, doors.settings.org, {
      snapshot: found.snapshot,
      message_key: messageKey({ ...place }),
      by: { ...inbound.by, platform: 'slack' },
    })
    await offerForm(inbound, content, told)
  })
  return new Response(null, { status: 200 })
}

const NOT_SEEN = {
  not_a_member: 'You are not in that conversation, so On Record does not fetch it for you.',
  app_not_in_channel: 'On Record is not in that conversation: invite it, then try again.',
  no_such_channel: 'There is no such message.',
  missing_scope: 'On Record may not read there.',
  unavailable: 'Slack does not answer right now. Try again in a moment.',
} as const

function say(text: string): Response {
  return Response.json({ response_type: 'ephemeral', text })
}

/** The form is in: kept together with the job that does the rest, and only then does Slack hear that it was taken. */
export async function submitPromotion(
  { by, draft, values, dedupe }: Submit,
  { doors, id }: Told,
): Promise<Response> {
  if (!values.title.trim()) return Response.json(formErrors({ title: 'Give it a title.' }))
  const payload: CapturePayload = { draft, values, by: { ...by, platform: 'slack' }, request: id }
  await firstDeliveryWithJob(
    doors.sql,
    doors.settings.org,
    { key: dedupe, platform: 'slack', kind: 'form_submit' },
    { name: 'capture', payload, key: `capture:${draft}` },
  )
  return Response.json({ response_action: 'clear' })
}
