import { open } from '@/app/_doors/door'

/** The keys that verify our warrants: what is about to sign is here before it does, what was replaced until its last warrant is over. */
export const GET = open(async ({ doors }) => {
  return Response.json(await doors.keys.warrants(), {
    headers: { 'cache-control': 'public, max-age=60' },
  })
})
