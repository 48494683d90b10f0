import type { Request } from '../action/action'
import { type Case, NO_CASE, requestOf } from '../case/case'
import { type CaseCommand, caseCommands } from '../case/command'
import { decide } from '../case/decide'
import type { CaseEvent } from '../case/event'
import { evolve } from '../case/evolve'
import { type Actor, accountable } from '../identity/actor'
import { type ApprovalStatement, statementBytes } from '../record/approval'
import { fromUtf8 } from '../record/bytes'
import type { Facts } from './facts'
import { FACTS, START } from './people.fixture'
import { isRefusal, type Refusal } from './refusal'
import { statementFor } from './statement'
import type { EventMeta } from './stream'

export const CASE = 'case_leak'
export const ORIGIN = 'https://record.halden.example'
export const BUNDLE = `sha256:${'b'.repeat(64)}`
/** The hash of an event that approvers say to have seen; any other head is of no event of this case. */
export const HEAD = 'e'.repeat(64)

export type Name = CaseCommand['command']
/** What is known when a command is tried: the story so far. */
export type World = {
  readonly state: Case
  readonly now: string
  readonly facts: Facts
  readonly kept: readonly { event: CaseEvent; meta: EventMeta }[]
  readonly ids: number
  /** The hash of the case's last event. */
  readonly head: string
}
type Input = object | ((world: World, actor: Actor) => object)
/** Somebody, the command, its input. */
export type Asked = readonly [Actor, Name, Input?]
/** One thing that happens: a command that must be accepted, time that passes, or a change in the organisation. */
export type Step = Asked | { readonly minutes: number } | { readonly facts: (facts: Facts) => Facts }

export const BEGINNING: World = { state: NO_CASE, now: START, facts: FACTS, kept: [], ids: 0, head: HEAD }

/** `given(what happened).when(somebody, does, something)` -> what follows: events, or a refusal and nothing changed. */
export function given(...steps: readonly Step[]) {
  const world = steps.reduce(happen, BEGINNING)
  return { world, state: world.state, when: (...asked: Asked) => outcomeOf(world, ...asked) }
}

export function happen(world: World, step: Step): World {
  if ('minutes' in step)
    return { ...world, now: new Date(Date.parse(world.now) + step.minutes * 60_000).toISOString() }
  if ('facts' in step) return { ...world, facts: step.facts(world.facts) }
  const { refusal, after } = outcomeOf(world, ...step)
  if (refusal) throw new Error(`${step[0].id} ${step[1]}: ${refusal.code}: ${refusal.sentence}`)
  return after
}

export type Outcome = {
  readonly events: readonly CaseEvent[]
  /** The events' types, or the refusal's code. */
  readonly gives: readonly string[] | Refusal['code']
  readonly refusal: Refusal | null
  readonly after: World
  readonly state: Case
}

export function outcomeOf(world: World, actor: Actor, name: Name, input: Input = {}): Outcome {
  const said = typeof input === 'function' ? input(world, actor) : input
  const parsed: unknown = caseCommands[name].input.parse(said)
  const ids = { used: world.ids }
  const decided = decideOn(world, actor, { command: name, input: parsed } as CaseCommand, ids)
  if (isRefusal(decided))
    return { events: [], gives: decided.code, refusal: decided, after: world, state: world.state }
  const after = decided.reduce((so, event) => fold(so, event, actor), { ...world, ids: ids.used })
  return {
    events: decided,
    gives: decided.map((event) => event.type),
    refusal: null,
    after,
    state: after.state,
  }
}

export function decideOn(
  world: World,
  actor: Actor,
  command: CaseCommand,
  ids = { used: 0 },
): CaseEvent[] | Refusal {
  const statement = 'statement' in command.input ? command.input.statement : ''
  const seen = statement.includes(HEAD) ? 0 : null
  const newId = (prefix: string) => `${prefix}_${++ids.used}`
  const facts = { ...world.facts, seen }
  const { state, now } = world
  return decide(state, {
    actor,
    stream: CASE,
    command,
    now,
    newId,
    facts,
    head: HEAD,
    origin: ORIGIN,
    bundle: BUNDLE,
  })
}

function fold(world: World, event: CaseEvent, actor: Actor): World {
  const { id, kind } = actor
  const meta = {
    stream: CASE,
    seq: world.kept.length,
    at: world.now,
    actor: { id, kind, owner: accountable(actor) },
  }
  return { ...world, state: evolve(world.state, event, meta), kept: [...world.kept, { event, meta }] }
}

/** The only request, or the one with this id. */
export function requestIn(state: Case, id?: string): Request {
  const request = id ? requestOf(state, id) : state.requests.at(-1)
  if (!request) throw new Error('the story holds no such request')
  return request
}

/** Puts the actor's name to the request as it stands, with what is changed in the statement. */
export function saying(
  decision: 'approve' | 'refuse',
  changes: Partial<ApprovalStatement> = {},
  id?: string,
) {
  return ({ state, now, head }: World, actor: Actor) => {
    const request = requestIn(state, id)
    const seen = { actor, state, now, origin: ORIGIN, policies: { bundle: BUNDLE } }
    const statement = { ...statementFor(seen, request, decision, 'nonce', head), ...changes }
    const reason = decision === 'refuse' ? { reason: 'Not now.' } : {}
    return { request: request.id, statement: fromUtf8(statementBytes(statement)), dwell_ms: 4_000, ...reason }
  }
}
