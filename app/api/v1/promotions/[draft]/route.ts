import { z } from 'zod'
import { type Asked, door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { nameOf } from '@/app/_doors/who'
import { caseOfMessage } from '@/db/case-of'
import { type Draft, finishDraft, readDraft } from '@/db/drafts'
import { draftKey } from '@/db/promotion/draft-key'
import { addTo, promote } from '@/db/promotion/promote'
import { readCaseRow } from '@/db/queries/one-case'
import { suggestedNhis } from '@/db/queries/suggested-nhis'
import { isRefusal } from '@/lib/act/refusal'
import { caseId, text } from '@/lib/act/text'
import { CATEGORIES, SEVERITIES } from '@/lib/case/event'

/** A promotion that was begun in chat: what was captured, masked, and what On Record suggests. */
export const GET = door(async (asked) => {
  const { params, doors, actor } = asked
  const refused = maySee(asked, 'viewCase', 'case')
  const draft = refused ? null : await readDraft(doors.sql, actor.org, params.draft ?? '')
  if (!draft) return refused ?? notFound()
  const { snapshot, suggested, secrets } = draft.content
  const bare = secrets.map(({ label, kind, fingerprint }) => ({ label, kind, fingerprint }))
  return {
    draft: draft.id,
    snapshot: { ...snapshot, secrets: bare },
    secrets: bare,
    suggested: {
      ...suggested,
      nhis: await suggestedNhis(doors.reader, actor, draft.content, new Date().toISOString()),
    },
    duplicate: await duplicateOf(draft, asked),
  }
})

async function duplicateOf({ content, case: made }: Draft, { doors, actor }: Asked) {
  const id =
    made ??
    (await caseOfMessage(
      doors.sql,
      actor.org,
      content.message_key,
      content.secrets.map((each) => each.fingerprint),
    ))
  return id ? readCaseRow(doors.reader, actor, id) : null
}

const said = z.strictObject({
  title: text(200).nullish(),
  category: z.enum(CATEGORIES).nullish(),
  severity: z.enum(SEVERITIES).nullish(),
  note: text(4_000).nullish(),
  /** Makes its own case although the message is on record already: why goes into the note. */
  separate_because: text(2_000).nullish(),
  /** Adds the message to this case instead. */
  attach_to: caseId.nullish(),
})

/** Sends it. */
export const POST = door(async ({ request, params, doors, actor }) => {
  const draft = await readDraft(doors.sql, actor.org, params.draft ?? '')
  if (!draft) return notFound()
  const input = await readInput(request, said)
  if (isRefusal(input)) return input
  const { title = null, category = null, severity = null, separate_because } = input
  const note =
    [input.note, separate_because && `A case of its own, because: ${separate_because}`]
      .filter(Boolean)
      .join('\n\n') || null
  const saying = { title, category, severity, note, separate: Boolean(separate_because) }
  const [key, id] = [draftKey(draft.id), input.attach_to]
  const promoted = id
    ? await addTo(doors, actor, id, draft.content, key)
    : await promote(doors, actor, draft.content, saying, key, nameOf(actor))
  if (!isRefusal(promoted)) await finishDraft(doors.sql, actor.org, draft.id, promoted.case)
  return promoted
}, 201)
