import { mayAudit } from '@/app/_doors/audit'
import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'

/** The case right after one of its events: its state, who could do what, and the decision judged again. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  const no = await mayAudit(asked, 'replayCase')
  if (no) return no
  if (!/^\d{1,9}$/.test(params.seq ?? '')) return notFound()
  return (await doors.replays.moment(actor.org, params.id ?? '', Number(params.seq))) ?? notFound()
})
