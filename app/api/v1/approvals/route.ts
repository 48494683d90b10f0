import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { approvalsFor } from '@/db/queries/approvals'

/** Actions that wait for a decision, and whether it is the viewer's to take. */
export const GET = door(async (asked) => {
  const { doors, actor } = asked
  return maySee(asked, 'viewCase', 'case') ?? { rows: await approvalsFor(doors.reader, actor, doors) }
})
