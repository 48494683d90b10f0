import { answer } from '@/app/_doors/answer'
import { open } from '@/app/_doors/door'
import { refuse } from '@/lib/act/refusal'

/** An address of the API that there is not: told as any refusal is, and not by a page. */
const nowhere = open(async () =>
  answer(
    refuse('not_found', 'There is no such address.', 'See /api/v1/openapi.json for those that there are.'),
  ),
)

export { nowhere as DELETE, nowhere as GET, nowhere as PATCH, nowhere as POST, nowhere as PUT }
