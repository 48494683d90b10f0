import type { Actor } from '../identity/actor'
import type { Facts } from './facts'

/** With the rights of this moment: since they came in, or were overtaken, somebody may have taken them away. */
export function asNow(actor: Actor, { members }: Facts): Actor {
  if (actor.kind !== 'human') return actor
  const member = members[actor.id]
  return member ? { ...actor, roles: member.active ? member.roles : [] } : actor
}
