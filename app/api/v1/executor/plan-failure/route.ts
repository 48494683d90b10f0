import { executorDoor } from '@/app/_doors/machine-door'
import { report } from '@/app/_doors/report'

/** The dry run failed. */
export const POST = executorDoor((asked) => report(asked, 'reportPlanFailure'))
