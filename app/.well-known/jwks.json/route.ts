import { open } from '@/app/_doors/door'
import { publicJwks } from '@/lib/action/warrant'

/** The keys that verify our warrants, retired ones included. */
export const GET = open(async ({ doors }) => {
  const { warrant, retired } = doors.settings.keys
  return Response.json(publicJwks([warrant, ...retired]), {
    headers: { 'cache-control': 'public, max-age=60' },
  })
})
