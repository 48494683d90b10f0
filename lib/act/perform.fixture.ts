import type { Case } from '../case/case'
import { NO_CASE } from '../case/case'
import type { Actor } from '../identity/actor'
import { policies } from '../policy/policies.fixture'
import type { PolicySet } from '../policy/question'
import { type Asked, BUNDLE, CASE, ORIGIN, type Step, type World } from './given.fixture'
import { type MemoryLedger, memoryLedger } from './ledger.fixture'
import { type Deps, type Order, perform } from './perform'
import { isRefusal } from './refusal'

/** The shipped policies, under the digest that the stories' statements name. */
export const shipped: PolicySet = { ...policies, bundle: BUNDLE }

export type Organisation = ReturnType<typeof organisation>

/** On Record put together in memory: the real `perform`, rules and policies on a ledger without a database. */
export function organisation(changes: Partial<Deps> = {}) {
  const ledger = memoryLedger()
  const announced: string[] = []
  let made = 0
  const deps: Deps = {
    ledger,
    policies: shipped,
    origin: ORIGIN,
    newId: (prefix) => `${prefix}_${++made}`,
    newSalt: () => String(++made).padStart(22, '0'),
    announce: (org, { stream, version }) => announced.push(`${org} ${stream} ${version}`),
    ...changes,
  }
  const does = (actor: Actor, command: string, input: unknown, more: Partial<Order> = {}) =>
    perform(deps, actor, { kind: 'case', stream: CASE, key: `key-${++made}`, command, input, ...more })
  return { ledger, deps, announced, does }
}

/** Performs a story, in which everything must be accepted. */
export async function play(org: Organisation, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if ('minutes' in step)
      org.ledger.now = new Date(Date.parse(org.ledger.now) + step.minutes * 60_000).toISOString()
    else if ('facts' in step) org.ledger.facts = step.facts(org.ledger.facts)
    else {
      const [actor, command] = step
      const outcome = await org.does(actor, command, inputOf(org.ledger, step))
      if (isRefusal(outcome)) throw new Error(`${actor.id} ${command}: ${outcome.code}: ${outcome.sentence}`)
    }
  }
}

export async function playing(steps: readonly Step[], changes: Partial<Deps> = {}): Promise<Organisation> {
  const org = organisation(changes)
  await play(org, steps)
  return org
}

/** What the step's input is on this ledger, as it is now. */
export function inputOf(ledger: MemoryLedger, [actor, , input = {}]: Asked): object {
  return typeof input === 'function' ? input(worldOf(ledger), actor) : input
}

export function worldOf(ledger: MemoryLedger): World {
  const kept = ledger.streams.get(CASE)
  const state = (kept?.state as Case | undefined) ?? NO_CASE
  return { state, now: ledger.now, facts: ledger.facts, kept: [], ids: 0, head: kept?.head ?? '' }
}
