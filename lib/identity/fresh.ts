import type { Actor } from './actor'

const FRESH_SECONDS = 15 * 60

/** Whether they signed in within the last 15 minutes. A sign-in that lies in the future is no fresh one. */
export function isFresh({ auth }: Actor, now: string): boolean {
  const age = Date.parse(now) / 1000 - auth.auth_time
  return age >= 0 && age <= FRESH_SECONDS
}
