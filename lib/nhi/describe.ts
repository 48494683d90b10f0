import { type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import type { Actor } from '../identity/actor'
import { alone } from './alone'
import type { NhiCommand } from './command'
import { type NhiEvent, type NhiProfile, PRIVILEGES } from './event'
import type { Nhi } from './nhi'

type Description = Extract<NhiCommand, { command: 'describeNhi' }>['input']

/** Where an identity is. */
const PLACE = ['system', 'environment', 'account'] as const

/** Records only what is different from what the registry says now. */
export function correct(
  state: Nhi,
  input: Description,
  { actor, facts }: Pick<Given<NhiCommand>, 'actor' | 'facts'>,
): NhiEvent[] | Refusal {
  const changes = changed(state.profile, input)
  if (!Object.keys(changes).length)
    return refuse('duplicate', 'The registry says so already.', 'Nothing more is needed.')
  const placed = PLACE.some((field) => field in changes) ? alone(facts) : null
  if (placed) return placed
  const eased = easing(state.profile, changes)
  if (eased && !independentAdmin(state, actor)) {
    return refuse(
      'separation_of_duties',
      `A lower ${eased} means fewer approvals, so an administrator who doesn't own it must say so.`,
      'Ask one of them.',
      { field: eased },
    )
  }
  return [{ type: 'nhi.described', data: changes }]
}

function changed(profile: NhiProfile, input: Description): Description {
  const different = Object.entries(input).filter(
    ([field, value]) => value !== undefined && value !== profile[field as keyof Description],
  )
  return Object.fromEntries(different)
}

/** Which of the changes would put actions on this identity in a lower risk tier. */
function easing(profile: NhiProfile, changes: Description): 'privilege' | 'environment' | null {
  const { privilege = profile.privilege, environment = profile.environment } = changes
  if (PRIVILEGES.indexOf(privilege) < PRIVILEGES.indexOf(profile.privilege)) return 'privilege'
  return profile.environment === 'production' && environment !== 'production' ? 'environment' : null
}

function independentAdmin({ profile }: Nhi, actor: Actor): boolean {
  if (actor.kind !== 'human' || !actor.roles.includes('admin')) return false
  return actor.id !== profile.owner && actor.id !== profile.backup_owner
}
