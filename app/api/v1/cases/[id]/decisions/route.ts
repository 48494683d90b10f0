import { mayAudit } from '@/app/_doors/audit'
import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'

/** Every decision of the case, put again to the policy set that made it. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  const no = await mayAudit(asked, 'replayCase')
  if (no) return no
  const decisions = await doors.replays.judged(actor.org, params.id ?? '')
  return decisions ? { decisions } : notFound()
})
