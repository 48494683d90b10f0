import type { Said } from '../act/facts'
import { isRefusal, type Refusal, refuse } from '../act/refusal'
import type { Given } from '../act/stream'
import { isOpen } from '../action/action'
import { accountable } from '../identity/actor'
import { isFresh } from '../identity/fresh'
import type { Case, Erasure } from './case'
import type { CaseCommand } from './command'
import { HOLDS, isErasable, leftOf } from './erasable'
import type { Erasing } from './erasure-event'
import type { CaseEvent } from './event'
import { held } from './hold'

type Of<Name extends CaseCommand['command']> = Extract<CaseCommand, { command: Name }>['input']

/** One person asks, with a reason that stays on record for ever. Nothing is gone yet. */
export function requestErasure(
  state: Case,
  input: Of<'requestErasure'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const no = held(state, given)
  if (no) return no
  const events = eachErasing(state, input.seqs, given)
  if (isRefusal(events)) return events
  const waiting = state.erasures.find((each) => each.events.some(({ seq }) => input.seqs.includes(seq)))
  if (waiting)
    return refuse('duplicate', 'Somebody has asked for this already.', 'It waits for a second person.', {
      existing: state.id,
    })
  const requester = accountable(given.actor)
  const data = { erasure: given.newId('era'), reason: input.reason, requester, events }
  return [{ type: 'erasure.requested', data }]
}

/** A second person agrees, and in the same transaction the bodies are gone. */
export function agreeErasure(
  state: Case,
  input: Of<'agreeErasure'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const erasure = waitingFor(state, input.erasure)
  if (isRefusal(erasure)) return erasure
  const no = independent(erasure, given) ?? held(state, given)
  if (no) return no
  const events = erasure.events.filter(({ seq }) => !state.erased.includes(seq))
  if (!events.length)
    return refuse('stale', 'All of this has been erased meanwhile.', 'Refuse it, so that it waits no longer.')
  const { id, requester, reason } = erasure
  return [
    { type: 'erasure.agreed', data: { erasure: id, requester } },
    ...events.map((each) => redacted(each, { erasure: id, rule: null, reason })),
  ]
}

export function refuseErasure(state: Case, input: Of<'refuseErasure'>): CaseEvent[] | Refusal {
  const erasure = waitingFor(state, input.erasure)
  return isRefusal(erasure) ? erasure : [{ type: 'erasure.refused', data: input }]
}

const DAY_MS = 86_400_000

/** What a rule that two people have put in force no longer keeps. The rule is looked at again here: it may have changed since. */
export function eraseByRule(
  state: Case,
  input: Of<'eraseByRule'>,
  given: Given<CaseCommand>,
): CaseEvent[] | Refusal {
  const { retention } = given.facts
  if (retention?.rule !== input.rule)
    return refuse('stale', 'This retention rule is not in force.', 'Nothing more is needed.')
  const no = held(state, given)
  if (no) return no
  const ends = Date.parse(state.stage_at) + retention.days * DAY_MS
  if (state.stage !== 'closed' || Date.parse(given.now) < ends || retention.except.includes(state.category))
    return refuse('stale', 'The rule does not reach this case.', 'Nothing more is needed.')
  const events = eachErasing(state, input.seqs, given)
  if (isRefusal(events)) return events
  const kept = events.find(({ type }) => !reaches(retention.what, type))
  if (kept) return refuse('not_erasable', `The rule keeps ${kept.type}.`, 'Leave it out.', { field: 'seqs' })
  const reason = `Retention rule: ${retention.what.join(' and ')} of closed cases go after ${retention.days} days.`
  return events.map((each) => redacted(each, { erasure: null, rule: input.rule, reason }))
}

function reaches(what: readonly string[], type: string): boolean {
  return what.some((each) => each === (HOLDS as Readonly<Record<string, string>>)[type])
}

function redacted(
  event: Erasing,
  why: { erasure: string | null; rule: string | null; reason: string },
): CaseEvent {
  return { type: 'event.redacted', data: { ...event, ...why } }
}

function waitingFor(state: Case, id: string): Erasure | Refusal {
  const found = state.erasures.find((each) => each.id === id)
  return found ?? refuse('stale', 'There is no such erasure to decide on.', 'Reload the case.')
}

const SOMEBODY_ELSE = 'Any other approver can agree.'
/** Who agrees neither asked for it nor said what is to go: nobody makes their own words unsaid, alone or by asking a friend. */
function independent(erasure: Erasure, given: Given<CaseCommand>): Refusal | null {
  const person = accountable(given.actor)
  if (erasure.requester === person)
    return refuse('separation_of_duties', 'You asked for it, so a second person must agree.', SOMEBODY_ELSE)
  if (erasure.events.some(({ actor }) => (actor.owner ?? actor.id) === person))
    return refuse(
      'separation_of_duties',
      'It is about something that you said yourself, so somebody else must agree.',
      SOMEBODY_ELSE,
    )
  if (!isFresh(given.actor, given.now))
    return refuse(
      'assurance_required',
      'Erasing needs a sign-in within the last 15 minutes.',
      'Sign in again.',
    )
  return null
}

function eachErasing(state: Case, seqs: readonly number[], given: Given<CaseCommand>): Erasing[] | Refusal {
  const events: Erasing[] = []
  for (const seq of seqs) {
    const said = given.facts.said.find((each) => each.seq === seq)
    if (!said)
      return refuse('not_found', `The case has no event ${seq}.`, 'Reload the case.', { field: 'seqs' })
    const erasing = erasingOf(state, said)
    if (isRefusal(erasing)) return erasing
    events.push(erasing)
  }
  return events
}

function erasingOf(state: Case, { data, ...said }: Said): Erasing | Refusal {
  if (data === null) return refuse('duplicate', 'This has been erased already.', 'Nothing more is needed.')
  const event = { type: said.type, data }
  if (!isErasable(event))
    return refuse(
      'not_erasable',
      `"${said.type}" is part of what holds the record together: who decided what, by which key, in which order.`,
      'Only what people said, and what they attached, can be erased.',
      { field: 'seqs' },
    )
  const sealed = event.type === 'evidence.attached' && event.data.kind === 'sealed-secret'
  if (sealed && state.requests.some(isOpen))
    return refuse(
      'gate',
      'An action may still have to try this secret.',
      'Finish or withdraw the action first.',
    )
  return { ...said, left: leftOf(event) }
}
