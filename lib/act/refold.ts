import type { ErasureEvent } from '../case/erasure-event'
import { fromUtf8, toHex } from '../record/bytes'
import { type Envelope, eventHash, GENESIS } from '../record/envelope'
import { KINDS } from './kinds'
import type { StreamKind } from './spec'
import type { EventMeta } from './stream'

/** An event as it is kept: its exact bytes, or null once they are erased; its digest stays. */
export type KeptEvent = { readonly body: Uint8Array | null; readonly hash: Uint8Array }
export type AnyEnvelope = Envelope<string, Record<string, unknown>>
export type Redaction = Extract<ErasureEvent, { type: 'event.redacted' }>['data'] & {
  /** The event that says so. */
  readonly by: AnyEnvelope
}
/** What a fold needs of an event, whether its body is there or only what is left of it. */
export type Refolded = {
  readonly event: { readonly type: string; readonly data: unknown }
  readonly meta: EventMeta
  readonly envelope: AnyEnvelope | null
}
export type Broken = { readonly seq: number; readonly sentence: string }

/** A stream's events, from its first, with what is left in the place of what was erased. */
export function readBack(
  stream: string,
  kept: readonly KeptEvent[],
): { events: Refolded[]; broken: Broken | null } {
  const envelopes = kept.map(({ body }) => (body ? envelopeIn(body) : null))
  const redactions = redactionsIn(envelopes)
  const events: Refolded[] = []
  let prev = GENESIS
  for (const [seq, row] of kept.entries()) {
    const envelope = envelopes[seq] ?? null
    const next = envelope
      ? chained(stream, envelope, seq, prev)
      : leftAt(stream, seq, redactions.get(seq), row)
    if ('sentence' in next) return { events, broken: next }
    events.push(next)
    prev = digestOf(row)
  }
  return { events, broken: null }
}

/** The state after these events. */
export function fold(kind: StreamKind, events: readonly Refolded[]): unknown {
  const { evolve, initial } = KINDS[kind].stream
  return events.reduce((state, { event, meta }) => evolve(state, event, meta), initial)
}

export function envelopeIn(body: Uint8Array): AnyEnvelope {
  return JSON.parse(fromUtf8(body))
}

/** What was erased, by the number of the event that lost its body. */
export function redactionsIn(envelopes: readonly (AnyEnvelope | null)[]): Map<number, Redaction> {
  const found = new Map<number, Redaction>()
  for (const by of envelopes) {
    if (by?.type !== 'event.redacted') continue
    const redaction = { ...(by.data as unknown as Omit<Redaction, 'by'>), by }
    found.set(redaction.seq, redaction)
  }
  return found
}

function chained(stream: string, envelope: AnyEnvelope, seq: number, prev: string): Refolded | Broken {
  if (envelope.seq !== seq || envelope.prev !== prev)
    return { seq, sentence: 'The chain is broken: this event does not follow the one before it.' }
  const { actor, at, type, data } = envelope
  const meta = { stream, seq, at, actor: { id: actor.id, kind: actor.kind, owner: actor.owner ?? actor.id } }
  return { event: { type, data }, meta, envelope }
}

function leftAt(
  stream: string,
  seq: number,
  redaction: Redaction | undefined,
  { hash }: KeptEvent,
): Refolded | Broken {
  if (!redaction) return { seq, sentence: 'The body is missing, and no event says that it was erased.' }
  if (redaction.body !== toHex(hash))
    return { seq, sentence: 'The event that was erased had another digest.' }
  const { type, at, actor, left } = redaction
  const meta = { stream, seq, at, actor: { ...actor, owner: actor.owner ?? actor.id } }
  return { event: { type, data: left }, meta, envelope: null }
}

/** Of the bytes themselves, where they are there. */
export function digestOf({ body, hash }: KeptEvent): string {
  return body ? eventHash(body) : toHex(hash)
}
