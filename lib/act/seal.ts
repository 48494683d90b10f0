import { type Actor, accountable } from '../identity/actor'
import type { Decision } from '../policy/question'
import { type Envelope, eventBytes, eventHash, GENESIS } from '../record/envelope'
import { KINDS } from './kinds'
import type { Page, Receipt, Sealable, Writing } from './ledger'
import type { Deps, Order } from './perform'
import type { Effect, EventMeta } from './stream'

/** Fields of an event that name something it made. */
const MADE = [
  'number',
  'request',
  'approval',
  'exception',
  'jti',
  'credential',
  'kid',
  'member',
  'erasure',
  'hold',
  'rule',
] as const

/** Turns decided events into the exact bytes that are kept: each carries the hash of the one before it. */
export function envelopes(
  deps: Pick<Deps, 'newSalt'>,
  actor: Actor,
  order: Order,
  page: Page,
  decision: Decision,
  events: readonly { type: string; data: unknown }[],
): Omit<Writing, 'answered' | 'carried'> & { receipt: Receipt } {
  const { stream } = KINDS[order.kind]
  const correlation = order.correlation ?? order.stream
  const sealed: Sealable[] = []
  const effects: Effect[] = []
  const ids: Record<string, string> = {}
  let state = page.state ?? stream.initial
  let prev = page.head ?? GENESIS
  for (const [index, event] of events.entries()) {
    const seq = page.version + index
    const envelope: Envelope = {
      actor: inEnvelope(actor),
      at: page.now,
      case: order.stream,
      cause: actor.request,
      correlation,
      data: event.data,
      policy: {
        bundle: decision.bundle,
        decision: decision.permitted ? 'allow' : 'deny',
        decision_id: decision.decision_id,
        rule: decision.rules.join(','),
      },
      prev,
      salt: deps.newSalt(),
      seq,
      type: event.type,
      v: 1,
    }
    const bytes = eventBytes(envelope)
    const hash = eventHash(bytes)
    prev = hash
    sealed.push({ seq, type: event.type, bytes, hash })
    const meta = metaOf(actor, order.stream, seq, page.now)
    state = stream.evolve(state, event, meta)
    effects.push(...stream.react(state, event, meta))
    collect(ids, event.data)
  }
  const version = page.version + events.length
  const receipt = {
    stream: order.stream,
    version,
    events: sealed.map(({ seq, type }) => ({ seq, type })),
    ids,
  }
  return {
    actor,
    kind: order.kind,
    stream: order.stream,
    from: page.version,
    at: page.now,
    events: sealed,
    correlation,
    before: page.state ?? stream.initial,
    state,
    effects,
    key: order.key,
    receipt,
  }
}

function metaOf(actor: Actor, stream: string, seq: number, at: string): EventMeta {
  return { stream, seq, at, actor: { id: actor.id, kind: actor.kind, owner: accountable(actor) } }
}

function inEnvelope(actor: Actor): Envelope['actor'] {
  const { id, kind, via } = actor
  const { acr, amr, auth_time } = actor.auth
  const auth = { acr, amr, auth_time }
  return kind === 'nhi' ? { id, kind, via, auth, owner: accountable(actor) } : { id, kind, via, auth }
}

function collect(ids: Record<string, string>, data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  const fields = data as Readonly<Record<string, unknown>>
  for (const name of MADE) {
    const value = fields[name]
    if (typeof value === 'string' || typeof value === 'number') ids[name] = `${value}`
  }
}
