import { jcs } from './canonical'
import { sha256Hex } from './digest'

/** Who did it, through which door, and how they had proved who they are. */
export type EnvelopeActor = {
  readonly id: string
  readonly kind: 'human' | 'nhi' | 'system'
  /** The accountable person of a non-human identity. */
  readonly owner?: string | undefined
  readonly via: 'web' | 'slack' | 'teams' | 'mcp' | 'api' | 'job'
  /** OpenID Connect's acr, amr and auth_time (seconds since 1970). */
  readonly auth: { readonly acr: string; readonly amr: readonly string[]; readonly auth_time: number }
}

/** The decision that let it happen. */
export type EnvelopePolicy = {
  /** `sha256:` and the digest of the policy set that decided. */
  readonly bundle: string
  readonly decision: string
  readonly decision_id: string
  readonly rule: string
}

/** One event as it is stored, hashed and exported. The names of these fields are part of the format. */
export type Envelope<Type extends string = string, Data = unknown> = {
  readonly actor: EnvelopeActor
  /** UTC with milliseconds, from the database's clock; never earlier than the event before it in its stream. */
  readonly at: string
  /** The stream: a case's id, `registry`, and so on. */
  readonly case: string
  readonly data: Data
  readonly policy: EnvelopePolicy
  /** Digest of the stream's event before this one; `GENESIS` for the first. */
  readonly prev: string
  /** 128 random bits in base64url, so that an erased body cannot be guessed from its digest. */
  readonly salt: string
  /** Dense, from 0. */
  readonly seq: number
  readonly type: Type
  readonly v: 1
  /** What made it happen: a request, a message, another event. */
  readonly cause?: string | undefined
  /** One id through prompt, request, decision, approvals, warrant, receipt and verification. */
  readonly correlation?: string | undefined
}

/** The `prev` of a stream's first event: 32 zero bytes. */
export const GENESIS = '0'.repeat(64)

/** `2026-03-02T08:04:14.000Z`: how a time is spelled in an event. */
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/** Whether it is spelled so, and a day that there is: February has no 30th. */
export function isTime(text: string): boolean {
  // Every month has 28 days; asking for more takes much longer, and 100,000 events are asked.
  return TIME.test(text) && (text.slice(8, 10) <= '28' || new Date(text).toISOString() === text)
}

/**
 * The bytes that are stored, hashed and exported: RFC 8785 of the envelope. Optional fields that are `undefined` are
 * left out; everything else is as strict as `jcs`.
 * @throws Malformed where `data` holds something that cannot go on the record
 */
export function eventBytes(envelope: Envelope): Uint8Array {
  return jcs({ ...withoutUndefined(envelope), actor: withoutUndefined(envelope.actor) })
}

/** body = hex(SHA-256(event bytes)): the next event's `prev`, and the `body` of the event's entry in the log. */
export function eventHash(bytes: Uint8Array): string {
  return sha256Hex(bytes)
}

function withoutUndefined(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined))
}
