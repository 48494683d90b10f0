import type { Actor } from '../identity/actor'
import type { Decision } from '../policy/question'
import type { Carried } from './carried'
import { NOTHING_WANTED } from './facts'
import type { Answered, Ledger, Page, Receipt } from './ledger'
import type { Deps, Order, Parsed } from './perform'
import type { Refusal } from './refusal'
import { envelopes } from './seal'

/** A command that has been decided on. */
export type Attempt = {
  readonly deps: Deps
  readonly ledger: Ledger
  readonly actor: Actor
  readonly order: Parsed
  readonly page: Page
  readonly decision: Decision
}

/** Which stream has moved on, how far and by what. */
export type Moved = Pick<Receipt, 'stream' | 'version' | 'events'>

/** What whoever asked is told, and what has moved on by it. */
export type Outcome = { readonly answer: Receipt | Refusal; readonly moved?: Moved }

export type Events = readonly { type: string; data: unknown }[]

/** Writes what follows from a command, with the files that it names and the answer under its key. */
export async function recordEvents(
  attempt: Attempt,
  events: Events,
  carried: readonly Carried[],
): Promise<Outcome | 'overtaken'> {
  const { order, page } = attempt
  const receipt = await write(attempt, { order, page, events, carried, digest: order.digest })
  return receipt === 'overtaken' ? receipt : { answer: receipt, moved: receipt }
}

/** A refusal is written too, because an attempt is evidence: on the stream that it was about, or, where there is none, on the registry's. */
export async function recordDenial(attempt: Attempt, refusal: Refusal): Promise<Outcome | 'overtaken'> {
  const { ledger, actor, order } = attempt
  const elsewhere = attempt.page.version === 0
  const target: Order = elsewhere
    ? { ...order, kind: 'registry', stream: REGISTRY, correlation: order.stream }
    : order
  const page = elsewhere ? await ledger.open(actor, 'registry', REGISTRY, '', NOTHING_WANTED) : attempt.page
  if (page.version === 0) return { answer: refusal }
  const { command, input } = order
  const denied = { command, code: refusal.code, sentence: refusal.sentence, ...aboutOf(input) }
  const events = [{ type: 'policy.denied', data: denied }]
  const receipt = await write(attempt, { order: target, page, events, carried: [], digest: null })
  return receipt === 'overtaken' ? receipt : { answer: refusal, moved: receipt }
}

/** What the command named of the stream, and the passkey that it brought: without them nobody could judge the decision again. */
function aboutOf(input: unknown): { request?: string; exception?: string; credential_id?: string } {
  const { request, exception, passkey } = fieldsOf(input)
  const { credential_id } = fieldsOf(passkey)
  return {
    ...(typeof request === 'string' ? { request } : {}),
    ...(typeof exception === 'string' ? { exception } : {}),
    ...(typeof credential_id === 'string' ? { credential_id } : {}),
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

const REGISTRY = 'registry'

type What = {
  readonly order: Order
  readonly page: Page
  readonly events: Events
  readonly carried: readonly Carried[]
  readonly digest: string | null
}

async function write(
  { deps, ledger, actor, decision }: Attempt,
  { order, page, events, carried, digest }: What,
): Promise<Receipt | 'overtaken'> {
  const writing = envelopes(deps, actor, order, page, decision, events)
  const answered: Answered | null = digest === null ? null : { digest, receipt: writing.receipt }
  const written = await ledger.write({ ...writing, carried, answered })
  return written === 'written' ? writing.receipt : 'overtaken'
}
