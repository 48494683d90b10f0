import { startBound } from '@/app/_doors/bound-sign-in'
import { door } from '@/app/_doors/door'

/** Approving without a passkey: the way to the organisation's provider, which is to vouch for exactly this statement. */
export const POST = door(startBound)
