import { z } from 'zod'
import { readInput } from '@/app/_doors/input'
import { executorDoor } from '@/app/_doors/machine-door'
import { redeem } from '@/app/_doors/warrant'
import { isRefusal } from '@/lib/act/refusal'

/** Redeems a warrant: once, and never again. */
export const POST = executorDoor(async ({ request, doors, actor }) => {
  const input = await readInput(request, z.strictObject({ warrant: z.string().max(8_192) }))
  return isRefusal(input) ? input : redeem(doors, actor, input.warrant)
})
