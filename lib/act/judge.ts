import type { Actor } from '../identity/actor'
import { refusalOf } from '../policy/refusal'
import { asNow } from './as-now'
import type { Wanted } from './facts'
import { KINDS } from './kinds'
import type { Ledger, Receipt } from './ledger'
import type { Deps, Parsed } from './perform'
import { questionFor } from './question'
import { isRefusal, type Refusal, refuse } from './refusal'
import type { Attempt, Events } from './write'

/**
 * What becomes of a command: nothing to write (`before`: it was answered under this key already), a denial that is recorded, or
 * events.
 */
export type Verdict =
  | { readonly answer: Receipt | Refusal; readonly before: boolean }
  | { readonly attempt: Attempt; readonly denied: Refusal }
  | { readonly attempt: Attempt; readonly events: Events }

/** Opens the stream, asks policy and the rules, and writes nothing. */
export async function judge(deps: Deps, ledger: Ledger, came: Actor, order: Parsed): Promise<Verdict> {
  const kind = KINDS[order.kind]
  const command = { command: order.command, input: order.input }
  const page = await ledger.open(
    came,
    order.kind,
    order.stream,
    order.key,
    withOwn(kind.wants(command), came),
  )
  if (page.answered)
    return { answer: again(page.answered.digest === order.digest, page.answered.receipt), before: true }
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
    return unrecorded(
      refuse('not_found', 'There is no such thing, or it is not yours to see.', 'Check the link.'),
    )
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
  if (!decision.permitted) return { attempt, denied: clearest(refusalOf(decision), decide) }
  if (order.expectedVersion !== undefined && order.expectedVersion !== page.version)
    return unrecorded(stale(order.expectedVersion, page.version))
  const outcome = decide()
  if (!isRefusal(outcome)) return { attempt, events: outcome }
  if (outcome.code !== 'forbidden' && outcome.code !== 'separation_of_duties') return unrecorded(outcome)
  const rules = outcome.rules ?? [`core.${outcome.code}`]
  return { attempt: { ...attempt, decision: { ...decision, permitted: false, rules } }, denied: outcome }
}

function unrecorded(answer: Refusal): Verdict {
  return { answer, before: false }
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
