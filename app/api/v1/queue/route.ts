import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { readQueue } from '@/db/queries/queue'

/** How the open cases stand: how many in each stage, since when, how many overdue. */
export const GET = door(
  async (asked) => maySee(asked, 'viewCase', 'case') ?? readQueue(asked.doors.reader, asked.actor),
)
