import { KINDS } from '../act/kinds'
import type { StreamKind } from '../act/spec'
import type { EventMeta } from '../act/stream'
import type { Envelope } from '../record/envelope'

/** An event as the record holds it; `envelope` is null once its body was erased. */
export type Recorded = {
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly actor: string
  /** SHA-256 of the event's bytes, hexadecimal. */
  readonly hash: string
  readonly envelope: Envelope<string, Readonly<Record<string, unknown>>> | null
}

/** The state after these events. What an erased one changed isn't known any more: it is passed over. */
export function folded(kind: StreamKind, events: readonly Recorded[], from?: unknown): unknown {
  const { evolve, initial } = KINDS[kind].stream
  return events.reduce((state, event) => {
    const { envelope, stream, seq } = event
    if (!envelope) return state
    const { actor, type, data, at } = envelope
    const meta: EventMeta = {
      stream,
      seq,
      at,
      actor: { id: actor.id, kind: actor.kind, owner: actor.owner ?? actor.id },
    }
    return evolve(state, { type, data }, meta)
  }, from ?? initial)
}

/** Those that had happened by then. */
export function until(events: readonly Recorded[], at: string): readonly Recorded[] {
  const later = events.findIndex((event) => event.at > at)
  return later === -1 ? events : events.slice(0, later)
}
