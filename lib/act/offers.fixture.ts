import type { Actor } from '../identity/actor'
import { CASE, HEAD, ORIGIN, type World } from './given.fixture'
import { caseOffers, exceptionOffers, requestOffers } from './offer'
import { shipped } from './perform.fixture'

export function momentOf({ state, now, facts }: World, actor: Actor) {
  return { actor, stream: CASE, state, now, head: HEAD, facts, policies: shipped, origin: ORIGIN }
}

/** Every button that this person's page of the case would have. */
export function offersFor(world: World, actor: Actor) {
  const moment = momentOf(world, actor)
  const latest = world.state.requests.at(-1)
  const asked = world.state.exceptions.at(-1)
  return [
    ...caseOffers(moment),
    ...(latest ? requestOffers(moment, latest) : []),
    ...(asked ? exceptionOffers(moment, asked.id) : []),
  ]
}
