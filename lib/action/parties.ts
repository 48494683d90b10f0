import type { Given } from '../act/stream'
import type { CaseCommand } from '../case/command'
import { type Actor, accountable } from '../identity/actor'
import type { Request } from './action'

/** The people who answer for what an actor asks for: an agent that acts for somebody has two of them, itself and its owner's. */
export function behind(actor: Actor): string[] {
  return actor.kind === 'nhi' && actor.owner ? [accountable(actor), actor.owner] : [accountable(actor)]
}

/** The same of a request on record: whoever answered for it then, and who owns the agent that made it now. */
export function askedFor(request: Request, given: Given<CaseCommand>): string[] {
  const owner = given.facts.nhis[request.requester]?.owner
  return owner ? [request.requester_accountable, owner] : [request.requester_accountable]
}
