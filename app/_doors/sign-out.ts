import { answer } from './answer'
import { open } from './door'
import { endSession } from './local'
import { clearCookie } from './session-cookie'
import { sameOrigin } from './who'

export const signOut = open(async ({ request, doors }) => {
  const foreign = sameOrigin(request, doors.settings.origin)
  if (foreign) return answer(foreign)
  await endSession(request, doors)
  return new Response(null, {
    status: 204,
    headers: { 'set-cookie': clearCookie(doors.settings), 'cache-control': 'no-store' },
  })
})
