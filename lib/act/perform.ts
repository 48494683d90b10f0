import type { Actor } from '../identity/actor'
import type { PolicySet } from '../policy/question'
import { jcs } from '../record/canonical'
import { sha256Hex } from '../record/digest'
import { orNull } from '../record/malformed'
import type { Carried } from './carried'
import { judge, type Verdict } from './judge'
import { KINDS } from './kinds'
import type { Ledger, Receipt } from './ledger'
import { isRefusal, type Refusal, refuse } from './refusal'
import type { StreamKind } from './spec'
import { type Moved, type Outcome, recordDenial, recordEvents } from './write'

/** All that performing a command needs from outside: put together once by each process. */
export type Deps = {
  readonly ledger: Ledger
  readonly policies: PolicySet
  /** The web origin that approvals bind to. */
  readonly origin: string
  readonly newId: (prefix: string) => string
  /** 128 random bits, base64url: an event's salt. */
  readonly newSalt: () => string
  /** Says that a stream has moved on, to whoever watches; after the commit, never a part of it. */
  readonly announce: (org: string, moved: Moved) => void
}

export type Order = {
  readonly kind: StreamKind
  readonly stream: string
  readonly command: string
  readonly input: unknown
  /** What two orders under one key have to agree in, where that is less than all of their input: asked again, it is later. */
  readonly same?: unknown
  /** Idempotency key: the same actor and key get the same answer, whatever happened in between. */
  readonly key: string
  readonly expectedVersion?: number
  /** Ties what belongs together: prompt, message, request, decision, receipt. */
  readonly correlation?: string
}

/** An order whose input fits its command; the digest tells a repetition from another command under the same key. */
export type Parsed = Order & { readonly digest: string }

/** Overtaken this often, a command asks to be alone with its stream. */
const PATIENCE = 3

/** THE way in: every change of state, from every door, is this function's. `carried`: files that its events name, kept with them or not at all. */
export async function perform(
  deps: Deps,
  actor: Actor,
  order: Order,
  carried: readonly Carried[] = [],
): Promise<Receipt | Refusal> {
  const parsed = parse(order)
  if (isRefusal(parsed)) return parsed
  return undisturbed(deps, actor, parsed, async (verdict) => {
    if ('answer' in verdict) return verdict
    if ('denied' in verdict) return recordDenial(verdict.attempt, verdict.denied)
    return recordEvents(verdict.attempt, verdict.events, carried)
  })
}

/**
 * What `perform` would refuse whatever the input holds: asked before much work is put into that, with an input that stands for it. A
 * denial is recorded. Null: it may go on, or was answered under this key already.
 */
export async function refusedAlready(deps: Deps, actor: Actor, order: Order): Promise<Refusal | null> {
  const parsed = parse(order)
  if (isRefusal(parsed)) return parsed
  const answer = await undisturbed(deps, actor, parsed, async (verdict) => {
    if ('answer' in verdict) return { answer: verdict.before ? null : verdict.answer }
    return 'denied' in verdict ? recordDenial(verdict.attempt, verdict.denied) : { answer: null }
  })
  return answer !== null && isRefusal(answer) ? answer : null
}

type Told<A> = { readonly answer: A; readonly moved?: Outcome['moved'] }

/** Judges and writes; from anew when somebody else was quicker, and in the end alone with the stream. */
async function undisturbed<A>(
  deps: Deps,
  actor: Actor,
  order: Parsed,
  write: (verdict: Verdict) => Promise<Told<A> | 'overtaken'>,
): Promise<A | Refusal> {
  const once = async (ledger: Ledger) => write(await judge(deps, ledger, actor, order))
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const told = await once(deps.ledger)
    if (told !== 'overtaken') return announced(deps, actor, told)
  }
  const told = await deps.ledger.alone(actor, order.stream, once)
  if (told !== 'overtaken') return announced(deps, actor, told)
  return refuse('conflict', 'The case keeps changing under this command.', 'Look at it again and repeat.')
}

/** Only here, when all is committed: what an attempt left on the record is news as well. */
function announced<A>(deps: Deps, actor: Actor, { answer, moved }: Told<A>): A {
  if (moved) deps.announce(actor.org, moved)
  return answer
}

function parse(order: Order): Parsed | Refusal {
  const spec = KINDS[order.kind].commands[order.command]
  if (!spec)
    return refuse('not_found', `There is no command "${order.command}".`, 'See /api/v1/openapi.json.')
  const parsed = spec.input.safeParse(order.input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue?.path.join('.') ?? ''
    return refuse(
      'invalid',
      `${field ? `"${field}": ` : ''}${issue?.message ?? 'the input does not fit'}.`,
      'Correct it and send it again.',
      { field },
    )
  }
  const bytes = orNull(() => jcs({ command: order.command, input: parsed.data, stream: order.stream }))
  if (!bytes)
    return refuse(
      'invalid',
      'It holds something that the record has no form for.',
      'Send well-formed text and whole numbers.',
    )
  const { command, stream, same } = order
  const asked = same === undefined ? bytes : jcs({ command, input: same, stream })
  return { ...order, input: parsed.data, digest: sha256Hex(asked) }
}
