import { type Json, parseCanonical } from '../canonical'
import { sha256Hex } from '../digest'
import type { Entry } from '../entry'
import { isTime } from '../envelope'
import { count, type Fields, fields, text } from './fields'

/** What a line of events.ndjson says. */
export type Line =
  | { readonly kind: 'event'; readonly entry: Entry; readonly event: ReadEvent }
  | { readonly kind: 'erased'; readonly entry: Entry }

export type ReadEvent = {
  readonly type: string
  readonly at: string
  readonly prev: string
  readonly actor: { readonly id: string; readonly kind: string; readonly owner: string | null }
  readonly data: Fields
  /** hex(SHA-256) of the policy set that decided it; null where it names none in this way. */
  readonly policySet: string | null
}

const DIGEST = /^[0-9a-f]{64}$/

/** null where it is canonical JSON but no event. @throws Malformed where it is not canonical JSON */
export function readLine(bytes: Uint8Array): Line | null {
  const value = fields(parseCanonical(bytes))
  return 'redacted' in value ? erased(value) : readEvent(value, bytes)
}

function erased({ redacted, v, ...others }: Fields): Line | null {
  const { body, case: stream, seq, ...more } = fields(redacted)
  const isExact = v === 1 && Object.keys(others).length === 0 && Object.keys(more).length === 0
  const entry = entryOf(text(body), stream, seq)
  return isExact && entry ? { kind: 'erased', entry } : null
}

function readEvent(value: Fields, bytes: Uint8Array): Line | null {
  const entry = entryOf(sha256Hex(bytes), value.case, value.seq)
  const [type, at, prev, salt] = [text(value.type), text(value.at), text(value.prev), text(value.salt)]
  const actor = actorOf(value.actor)
  if (!entry || !actor || value.v !== 1 || type === null || !salt) return null
  if (at === null || !isTime(at) || prev === null || !DIGEST.test(prev)) return null
  const [data, policySet] = [fields(value.data), policySetOf(value.policy)]
  return { kind: 'event', entry, event: { type, at, prev, actor, data, policySet } }
}

const BUNDLE = /^sha256:([0-9a-f]{64})$/

function policySetOf(policy: Json | undefined): string | null {
  return BUNDLE.exec(text(fields(policy).bundle) ?? '')?.[1] ?? null
}

function actorOf(value: Json | undefined): ReadEvent['actor'] | null {
  const { id, kind, owner } = fields(value)
  const [name, of] = [text(id), text(kind)]
  return name === null || of === null ? null : { id: name, kind: of, owner: text(owner) }
}

function entryOf(body: string | null, stream: Json | undefined, seq: Json | undefined): Entry | null {
  const [name, number] = [text(stream), count(seq)]
  if (body === null || !DIGEST.test(body) || name === null || number === null) return null
  return { body, case: name, seq: number }
}
