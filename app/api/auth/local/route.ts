import { z } from 'zod'
import { answer } from '@/app/_doors/answer'
import { open } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { signInLocally } from '@/app/_doors/local'
import { isRefusal } from '@/lib/act/refusal'
import { personId } from '@/lib/act/text'

/** Signs in as a person of the sample, on one's own machine only. */
export const POST = open(async ({ request, doors }) => {
  const input = await readInput(request, z.strictObject({ person: personId }))
  if (isRefusal(input)) return answer(input)
  const signedIn = await signInLocally(request, input.person, doors)
  if (isRefusal(signedIn)) return answer(signedIn)
  return new Response(null, {
    status: 204,
    headers: { 'set-cookie': signedIn.cookie, 'cache-control': 'no-store' },
  })
})
