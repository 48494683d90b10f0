import { z } from 'zod'
import { readInput } from '@/app/_doors/input'
import { executorDoor } from '@/app/_doors/machine-door'
import { warrantFor } from '@/app/_doors/warrant'
import { isRefusal } from '@/lib/act/refusal'
import { caseId, requestId } from '@/lib/act/text'

/** The warrant of an approved and started action, for its executor. */
export const POST = executorDoor(async ({ request, doors, actor }) => {
  const input = await readInput(request, z.strictObject({ case: caseId, request: requestId }))
  return isRefusal(input) ? input : warrantFor(doors, actor, input.case, input.request)
})
