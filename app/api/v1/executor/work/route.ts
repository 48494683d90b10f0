import { executorDoor } from '@/app/_doors/machine-door'
import { executorWork } from '@/db/queries/approvals'

/** What the calling executor has to do now. */
export const GET = executorDoor(async ({ doors, actor }) => ({
  work: await executorWork(doors.reader, actor),
}))
