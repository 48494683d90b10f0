import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { erasureDesk } from '@/db/queries/erasure'

/** What is to be erased, what keeps it, and for how long text and evidence are kept at all. */
export const GET = door(
  async (asked) =>
    maySee(asked, 'viewHistory', 'registry', 'registry') ??
    erasureDesk(asked.doors.reader, asked.actor, asked.doors),
)
