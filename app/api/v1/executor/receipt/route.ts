import { executorDoor } from '@/app/_doors/machine-door'
import { report } from '@/app/_doors/report'

/** What the execution did. */
export const POST = executorDoor((asked) => report(asked, 'reportExecution'))
