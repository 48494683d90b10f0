import { z } from 'zod'
import { caseTitle, caseOfMessage } from '@/db/case-of'
import { finishDraft, readDraft } from '@/db/drafts'
import { madeFrom } from '@/db/promotion/draft-key'
import { door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { promote } from '@/db/promotion/promote'
import { maySee } from '@/app/_doors/see'
import { isRefusal } from '@/lib/act/refusal'
import { text } from '@/lib/act/text'
import { CATEGORIES, SEVERITIES } from '@/lib/case/event'

/** A promotion that was begun in chat: what was captured, masked, and what On Record suggests. */
export const GET = door(async (asked) => {
  const { params, doors, actor } = asked
  const refused = maySee(asked, 'viewCase', 'case')
  const draft = refused ? null : await readDraft(doors.sql, actor.org, params.draft ?? '')
  if (!draft) return refused ?? notFound()
  const { snapshot, secrets, suggested, message_key } = draft.content
  const duplicate = draft.case ?? (await caseOfMessage(doors.sql, actor.org, message_key, secrets.map((each) => each.fingerprint)))
  const title = duplicate && (await caseTitle(doors.sql, actor.org, duplicate))
  return {
    draft: draft.id,
    snapshot,
    secrets: secrets.map(({ label, kind, fingerprint }) => ({ label, kind, fingerprint })),
    suggested,
    duplicate: duplicate && title ? { id: duplicate, ...title } : null,
  }
})

const said = z.strictObject({
  title: text(200).nullish(),
  category: z.enum(CATEGORIES).nullish(),
  severity: z.enum(SEVERITIES).nullish(),
  note: text(4_000).nullish(),
})

/** Sends it. */
export const POST = door(async ({ request, params, doors, actor }) => {
  const draft = await readDraft(doors.sql, actor.org, params.draft ?? '')
  if (!draft) return notFound()
  const input = await readInput(request, said)
  if (isRefusal(input)) return input
  const { title = null, category = null, severity = null, note = null } = input
  const reporter = actor.kind === 'system' ? actor.id : actor.name
  const promoted = await promote(doors, actor, draft.content, { title, category, severity, note }, madeFrom(draft.id), reporter)
  if (!isRefusal(promoted)) await finishDraft(doors.sql, actor.org, draft.id, promoted.case)
  return promoted
}, 201)
