import { mayAudit } from '@/app/_doors/audit'
import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'

/** The events that a case can be replayed by. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  return (
    (await mayAudit(asked, 'replayCase')) ??
    (await doors.replays.overview(actor.org, params.id ?? '')) ??
    notFound()
  )
})
