import { isSignedIn } from '@/db/sessions'
import type { Asked } from './door'
import { readCookie } from './session-cookie'

/** Somebody's pages, all told: a connection costs memory until it ends, and one person's mustn't cost everybody's. */
const MOST = 60

const listening = new Map<string, number>()

/** A place for one more page of this person's or machine's, and how to give it back; null when they have enough. */
export function takePlace({ org, id }: Asked['actor']): (() => void) | null {
  const who = `${org}/${id}`
  const before = listening.get(who) ?? 0
  if (before >= MOST) return null
  listening.set(who, before + 1)
  let left = false
  return () => {
    if (left) return
    left = true
    const others = (listening.get(who) ?? 1) - 1
    if (others) listening.set(who, others)
    else listening.delete(who)
  }
}

/** Whether this is still a member's own session. Listening is no use of it: a page that is merely open doesn't keep it from ending. */
export async function maySpeakOn({ request, actor, doors }: Asked): Promise<boolean> {
  if (actor.kind !== 'human') return true
  const session = readCookie(request.headers.get('cookie'), doors.settings)
  return session !== null && isSignedIn(doors.sql, session.org, session.digest, doors.settings.idle)
}
