import type { Health } from '../act/view/nhi'
import { daysBetween } from './day'
import type { NhiKind, Privilege } from './event'
import type { Nhi } from './nhi'

/** Longer than this without use, and it is a question why it exists. */
const STALE_DAYS = 90
/** High privilege that nobody used for this long is more than is needed. */
const UNUSED_PRIVILEGE_DAYS = 30
/** How old a secret may grow. */
const ROTATION_DAYS = 90

const PRIVILEGED: readonly Privilege[] = ['admin', 'tier-0']
/** Kinds that hold a secret which can be copied. */
const SECRET: readonly NhiKind[] = ['service-account', 'api-key', 'oauth-app', 'bot']

export type Surroundings = {
  readonly owner_active: boolean
  /** Whether an open case says that it is exposed. */
  readonly exposed: boolean
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string
}

type Known = Pick<Nhi, 'profile' | 'registered_on' | 'next_review_on' | 'reduce_due'>

/** What is wrong with an identity, derived afresh each time it is shown: a stored verdict would be out of date tomorrow. */
export function health(nhi: Known, around: Surroundings): Health[] {
  const signs: [Health, boolean][] = [
    ['orphaned', nhi.profile.owner === null || !around.owner_active],
    ['stale', idleDays(nhi, around.today) > STALE_DAYS],
    ['over-privileged', isOverPrivileged(nhi, around.today)],
    ['unrotated', isUnrotated(nhi, around.today)],
    ['exposed', around.exposed],
    ['unreviewed', nhi.next_review_on < around.today],
  ]
  return signs.filter(([, shows]) => shows).map(([name]) => name)
}

/** Since it was last seen in use, or since it is known at all. */
function idleDays({ profile, registered_on }: Known, today: string): number {
  return daysBetween(profile.last_used_on ?? profile.created_on ?? registered_on, today)
}

function isOverPrivileged(nhi: Known, today: string): boolean {
  if (nhi.reduce_due) return true
  return PRIVILEGED.includes(nhi.profile.privilege) && idleDays(nhi, today) > UNUSED_PRIVILEGE_DAYS
}

function isUnrotated({ profile, registered_on }: Known, today: string): boolean {
  if (!SECRET.includes(profile.kind)) return false
  if (profile.expires_on !== null && profile.expires_on < today) return true
  return daysBetween(profile.last_rotated_on ?? profile.created_on ?? registered_on, today) > ROTATION_DAYS
}
