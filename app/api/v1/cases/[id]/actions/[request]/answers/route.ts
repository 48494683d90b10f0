import { mayAudit } from '@/app/_doors/audit'
import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'
import { readAnswers } from '@/db/audit/answers'

/** Who requested an action, who approved it, who executed it, and what proves it. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  return (
    (await mayAudit(asked, 'viewAnswers')) ??
    (await readAnswers(doors.reader, actor, params.id ?? '', params.request ?? '')) ??
    notFound()
  )
})
