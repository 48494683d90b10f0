import type { Actor } from '../identity/actor'
import type { Question } from '../policy/question'
import type { Facts } from './facts'
import type { Subject } from './kinds'

/** All that policy may look at: who, which command, about what, when; for an agent also the person behind it. */
export function questionFor(
  actor: Actor,
  command: string,
  { resource, request, proposer, passkey }: Subject,
  facts: Facts,
  now: string,
): Question {
  // Not clamped: a sign-in that lies in the future is no fresh one, and the rules refuse it.
  const session_age = Math.floor(Date.parse(now) / 1000) - actor.auth.auth_time
  const context = {
    now,
    session_age,
    ...(request ? { request } : {}),
    ...(proposer ? { proposer } : {}),
    ...(passkey ? { passkey } : {}),
  }
  const behind = actor.kind === 'nhi' && actor.onBehalfOf ? facts.members[actor.onBehalfOf] : undefined
  const behalf = behind?.active ? { behalf: { id: behind.id, roles: behind.roles } } : {}
  return { actor, command, resource, context, ...behalf }
}
