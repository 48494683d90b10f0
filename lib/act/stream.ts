import type { Actor } from '../identity/actor'
import type { Facts } from './facts'
import type { Refusal } from './refusal'
import type { StreamKind } from './spec'

/** What a command's handler is told besides the state: who, when, fresh ids, and facts of other streams. */
export type Given<Command> = {
  readonly actor: Actor
  /** The stream's id. */
  readonly stream: string
  readonly command: Command
  /** The database's clock, `YYYY-MM-DDTHH:MM:SS.mmmZ`, never before the stream's last event. */
  readonly now: string
  /** Makes an unguessable id with this prefix, e.g. `req` -> `req_01J...`. */
  readonly newId: (prefix: string) => string
  readonly facts: Facts
  /** SHA-256 of the stream's last event (hex), or null at its start. */
  readonly head: string | null
  /** The web origin that approvals bind to. */
  readonly origin: string
  /** The policy set that decided, `sha256:...`. */
  readonly bundle: string
}

/** Work to be done after the commit, by a worker, at least once. */
export type Effect = {
  readonly job: string
  readonly payload: Record<string, unknown> /** Collapses equal work. */
  readonly key?: string /** Not before this time. */
  readonly at?: string
  /** Takes back what waits under the key instead. */
  readonly drop?: true
}

/**
 * One kind of stream: two pure functions and what follows from an event.
 * `decide` answers with the events to record, or says why not. `evolve` folds an event into the state.
 */
export type Stream<State, Command, Event> = {
  readonly kind: StreamKind
  readonly initial: State
  readonly decide: (state: State, given: Given<Command>) => readonly Event[] | Refusal
  readonly evolve: (state: State, event: Event, meta: EventMeta) => State
  readonly react: (state: State, event: Event, meta: EventMeta) => readonly Effect[]
}

/** The envelope's facts that a fold may use. */
export type EventMeta = {
  readonly stream: string
  readonly seq: number
  readonly at: string
  readonly actor: { readonly id: string; readonly kind: 'human' | 'nhi' | 'system'; readonly owner?: string }
}
