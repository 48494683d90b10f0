import type { Actor } from '../identity/actor'
import type { PolicySet } from '../policy/question'
import { refusalOf } from '../policy/refusal'
import { jcs } from '../record/canonical'
import { sha256Hex } from '../record/digest'
import { orNull } from '../record/malformed'
import { asNow } from './as-now'
import type { Wanted } from './facts'
import { KINDS } from './kinds'
import type { Ledger, Receipt } from './ledger'
import { questionFor } from './question'
import { isRefusal, type Refusal, refuse } from './refusal'
import type { StreamKind } from './spec'
import { type Attempt, type Outcome, recordDenial, recordEvents } from './write'

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
  readonly announce: (org: string, stream: string, version: number) => void
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

/** THE way in: every change of state, from every door, is this function's. */
export async function perform(deps: Deps, actor: Actor, order: Order): Promise<Receipt | Refusal> {
  const parsed = parse(order)
  if (isRefusal(parsed)) return parsed
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const outcome = await once(deps, deps.ledger, actor, parsed)
    if (outcome !== 'overtaken') return announced(deps, actor, outcome)
  }
  const outcome = await deps.ledger.alone(actor, order.stream, (ledger) => once(deps, ledger, actor, parsed))
  if (outcome !== 'overtaken') return announced(deps, actor, outcome)
  return refuse('conflict', 'The case keeps changing under this command.', 'Look at it again and repeat.')
}

/** Only here, when all is committed: what an attempt left on the record is news as well. */
function announced(deps: Deps, actor: Actor, { answer, moved }: Outcome): Receipt | Refusal {
  if (moved) deps.announce(actor.org, moved.stream, moved.version)
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

async function once(deps: Deps, ledger: Ledger, came: Actor, order: Parsed): Promise<Outcome | 'overtaken'> {
  const kind = KINDS[order.kind]
  const command = { command: order.command, input: order.input }
  const page = await ledger.open(
    came,
    order.kind,
    order.stream,
    order.key,
    withOwn(kind.wants(command), came),
  )
  if (page.answered) return { answer: again(page.answered.digest === order.digest, page.answered.receipt) }
  const actor = asNow(came, page.facts)
  const state = page.state ?? kind.stream.initial
  const subject = kind.subject(state, order.stream, actor.org, command, page.facts)
  const decision = deps.policies.authorize(
    questionFor(actor, order.command, subject, page.facts, page.now),
    deps.newId('dec'),
  )
  const attempt: Attempt = { deps, ledger, actor, order, page, decision }
  const missing = page.version === 0 && !kind.commands[order.command]?.creates
  if (missing && order.kind !== 'registry')
    return {
      answer: refuse('not_found', 'There is no such thing, or it is not yours to see.', 'Check the link.'),
    }
  const { newId, origin } = deps
  const decide = () =>
    kind.stream.decide(state, {
      actor,
      command,
      newId,
      origin,
      stream: order.stream,
      now: page.now,
      facts: page.facts,
      head: page.head,
      bundle: deps.policies.bundle,
    })
  if (!decision.permitted) return recordDenial(attempt, clearest(refusalOf(decision), decide))
  if (order.expectedVersion !== undefined && order.expectedVersion !== page.version)
    return { answer: stale(order.expectedVersion, page.version) }
  const outcome = decide()
  if (!isRefusal(outcome)) return recordEvents(attempt, outcome)
  if (outcome.code !== 'forbidden' && outcome.code !== 'separation_of_duties') return { answer: outcome }
  const rules = outcome.rules ?? [`core.${outcome.code}`]
  return recordDenial({ ...attempt, decision: { ...decision, permitted: false, rules } }, outcome)
}

/** What would be proof enough, the core knows better than policy: how this organisation signs in, and what its table asks for. */
function clearest(denied: Refusal, decide: () => Refusal | readonly unknown[]): Refusal {
  if (denied.code !== 'assurance_required') return denied
  const outcome = decide()
  return isRefusal(outcome) && outcome.code === denied.code ? { ...denied, ...outcome } : denied
}

/** Whose rights decide is looked up with the rest: the person's, or those of whom an agent acts for. */
function withOwn(wanted: Wanted, actor: Actor): Wanted {
  const person = actor.kind === 'nhi' ? actor.onBehalfOf : actor.kind === 'human' ? actor.id : undefined
  return person ? { ...wanted, members: [...wanted.members, person] } : wanted
}

function again(same: boolean, receipt: Receipt): Receipt | Refusal {
  if (same) return receipt
  return refuse(
    'conflict',
    'This idempotency key was used for another command.',
    'Use a new key for a new command.',
  )
}

function stale(expected: number, version: number): Refusal {
  return refuse(
    'conflict',
    `You were looking at version ${expected}; it is at version ${version} now.`,
    'Look at what has changed, then decide again. Your text is kept.',
    { version },
  )
}
