import { executorDoor } from '@/app/_doors/machine-door'
import { report } from '@/app/_doors/report'

/** What an independent look at the effect saw. */
export const POST = executorDoor((asked) => report(asked, 'reportProbe'))
