import { KINDS } from '../act/kinds'
import { type Redaction, redactionsIn } from '../act/refold'
import type { StreamKind } from '../act/spec'
import type { EventMeta } from '../act/stream'
import type { Envelope } from '../record/envelope'

/** An event as the record holds it; `envelope` is null once its body was erased, and `left` what the erasure left of it. */
export type Recorded = {
  readonly stream: string
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly actor: string
  /** SHA-256 of the event's bytes, hexadecimal. */
  readonly hash: string
  readonly envelope: Envelope<string, Readonly<Record<string, unknown>>> | null
  readonly left?: Redaction
}

/** A case's events, each erased one with what an event of the same case says is left of it, if that one names its digest. */
export function withLeft(events: readonly Recorded[]): readonly Recorded[] {
  const redactions = redactionsIn(events.map(({ envelope }) => envelope))
  return events.map((event) => {
    const left = event.envelope ? undefined : redactions.get(event.seq)
    return left?.body === event.hash ? { ...event, left } : event
  })
}

/** Erased, and nothing says what is left of it: a body that is simply gone. */
export function isLost({ envelope, left }: Recorded): boolean {
  return envelope === null && left === undefined
}

/** The state after these events. Of an erased one what is left counts: no text, but what it did. One that is lost is passed over. */
export function folded(kind: StreamKind, events: readonly Recorded[], from?: unknown): unknown {
  const { evolve, initial } = KINDS[kind].stream
  return events.reduce((state, event) => {
    const { stream, seq } = event
    const said = saidBy(event)
    if (!said) return state
    const { actor, type, data, at } = said
    const meta: EventMeta = {
      stream,
      seq,
      at,
      actor: { id: actor.id, kind: actor.kind, owner: actor.owner ?? actor.id },
    }
    return evolve(state, { type, data }, meta)
  }, from ?? initial)
}

function saidBy({ envelope, left }: Recorded) {
  return envelope ?? (left ? { ...left, data: left.left } : null)
}

/** Those that had happened by then. */
export function until(events: readonly Recorded[], at: string): readonly Recorded[] {
  const later = events.findIndex((event) => event.at > at)
  return later === -1 ? events : events.slice(0, later)
}
