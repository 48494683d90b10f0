import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { approvalsFor } from '@/db/queries/approvals'
import { reviewsFor } from '@/db/queries/reviews'

/** Emergencies that wait for their review, and actions that wait for a decision; whether it is the viewer's to take. */
export const GET = door(async (asked) => {
  const { doors, actor } = asked
  const refused = maySee(asked, 'viewCase', 'case')
  if (refused) return refused
  const [reviews, approvals] = await Promise.all([
    reviewsFor(doors.reader, actor, doors),
    approvalsFor(doors.reader, actor, doors),
  ])
  return { rows: [...reviews, ...approvals] }
})
