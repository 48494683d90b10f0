import { executorDoor } from '@/app/_doors/machine-door'
import { sealedFor } from '@/app/_doors/sealed-for'

/** The case's leaked secrets, each encrypted to the calling executor's key. */
export const GET = executorDoor((asked) => sealedFor(asked, asked.params.case ?? ''))
