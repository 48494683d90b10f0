import { type Case, NO_CASE } from '../case/case'
import { caseThen, changedParts } from './case-then'
import { judgeAgain, type Policies } from './judge'
import { type Organisation, organisationOf, type Past } from './past'
import { peopleThen } from './people'
import { folded, isLost, type Recorded } from './recorded'
import type { Frame, Judged, Stop } from './view'

/** Everything that a replay is made of: the case's events and those of the organisation's streams around it. Nothing else. */
export type Kept = Organisation & {
  readonly org: string
  readonly origin: string
  readonly events: readonly Recorded[]
}

/** The case right after the event at this place: its state, who could do what, and whether policy would decide the same again. */
export function frameAt(kept: Kept, place: number, policies: Policies): Frame | null {
  const event = kept.events[place]
  if (!event) return null
  const { seq, at, type, hash } = event
  const together = ofOneDecision(kept.events, place)
  const organisation = organisationOf(kept)
  const past = organisation(at)
  const before = folded('case', kept.events.slice(0, place)) as Case
  const state = folded('case', [event], before) as Case
  const shown = caseThen(state, past)
  const bundle = policySetAt(event, past)
  const set = policies(bundle)
  const { org, origin } = kept
  return {
    seq,
    at,
    type,
    together: together.map((each) => each.seq),
    judged: judgedAt(kept, together, organisation, policies),
    state: shown,
    changed: changedParts(caseThen(before, past), shown),
    people:
      'authorize' in set && state.id
        ? peopleThen({ org, origin, state, past, at, head: hash, policies: set })
        : [],
    policy: { bundle, known: 'authorize' in set },
    erased: numbers(kept, place, ({ envelope }) => envelope === null),
    lost: numbers(kept, place, isLost),
  }
}

/** The one that decided it; of an erased event, the one that was in force. Empty where the record doesn't say. */
function policySetAt({ envelope }: Recorded, past: Past): string {
  return envelope?.policy.bundle ?? past.policySet ?? ''
}

/** Every policy set that a replay of this case asks. */
export function policySetsOf(kept: Kept): string[] {
  const organisation = organisationOf(kept)
  const named = kept.events.map(
    (event) => event.envelope?.policy.bundle ?? policySetAt(event, organisation(event.at)),
  )
  return [...new Set(named)].filter((bundle) => bundle !== '')
}

function numbers({ events }: Kept, place: number, are: (event: Recorded) => boolean): number[] {
  return events.slice(0, place + 1).flatMap((event) => (are(event) ? [event.seq] : []))
}

function judgedAt(
  kept: Kept,
  together: readonly Recorded[],
  organisation: (at: string) => Past,
  policies: Policies,
): Judged {
  const first = together[0]
  const start = kept.events.findIndex((each) => each.seq === first?.seq)
  const state = folded('case', kept.events.slice(0, start)) as Case
  const past = organisation(first?.at ?? '')
  return judgeAgain(together, { state, past, org: kept.org }, policies)
}

/** The neighbours that one command led to, all at once: they carry one decision's id. */
function ofOneDecision(events: readonly Recorded[], place: number): readonly Recorded[] {
  const id = events[place]?.envelope?.policy.decision_id
  if (id === undefined) return events.slice(place, place + 1)
  const is = (event: Recorded | undefined) => event?.envelope?.policy.decision_id === id
  let [from, to] = [place, place]
  while (is(events[from - 1])) from -= 1
  while (is(events[to + 1])) to += 1
  return events.slice(from, to + 1)
}

/** Every decision of the case put to its policy set again, in order. */
export function judgements(kept: Kept, policies: Policies): { seq: number; judged: Judged }[] {
  const found: { seq: number; judged: Judged }[] = []
  const organisation = organisationOf(kept)
  let state = NO_CASE
  for (let place = 0; place < kept.events.length; ) {
    const together = ofOneDecision(kept.events, place)
    const past = organisation(together[0]?.at ?? '')
    const judged = judgeAgain(together, { state, past, org: kept.org }, policies)
    found.push(...together.map(({ seq }) => ({ seq, judged })))
    state = folded('case', together, state) as Case
    place += together.length
  }
  return found
}

/** What the slider shows of every event. */
export function stops(events: readonly Recorded[]): Stop[] {
  let state = NO_CASE
  return events.map((event) => {
    state = folded('case', [event], state) as Case
    const { seq, type, at, actor, envelope } = event
    return {
      seq,
      type,
      at,
      actor,
      stage: state.stage,
      refused: type === 'policy.denied',
      erased: envelope === null,
    }
  })
}
