import { executorWork } from '@/db/queries/approvals'
import { executorDoor } from '@/app/_doors/machine-door'

/** What the calling executor has to do now. */
export const GET = executorDoor(async ({ doors, actor }) => ({ work: await executorWork(doors.reader, actor) }))
