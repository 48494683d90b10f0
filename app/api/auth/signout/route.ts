import { signOut } from '@/app/_doors/sign-out'

/** Ends the session, here and in the database. */
export const POST = signOut
