import { open } from '@/app/_doors/door'
import { openapi } from '@/app/_doors/openapi'

/** What this API takes and answers, for machines to read. */
export const GET = open(async ({ doors }) =>
  Response.json(openapi(doors.origin), { headers: { 'cache-control': 'public, max-age=60' } }),
)
