/** What the auditor's pages and commands are answered. All times are UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`. */

import type { Missing } from '../act/refusal'
import type { ActionStatus } from '../act/view/action'
import type { MarkedEntry } from '../act/view/entry'
import type { Offer, Who } from '../act/view/who'
import type { Action, ActionKind } from '../action/event'
import type { Exception, Passed } from '../case/case'
import type { Disposition, Severity, Stage } from '../case/event'
import type { PersonRole } from '../identity/actor'

/** A policy decision put to its own policy set again. */
export type Judged = {
  verdict: 'same' | 'differs' | 'unjudged'
  /** What was asked for, as far as the events tell. */
  command: string | null
  recorded: { decision: string; rules: string[]; bundle: string; decision_id: string } | null
  again: { decision: string; rules: string[]; reasons: string[] } | null
  sentence: string
}

/** An action as far as it had got. */
export type ActionThen = {
  request: string
  revision: number
  kind: ActionKind
  target: string
  phase: ActionStatus
  approvals: number
  needed: number
  short_code: string
}

/** The case as it stood right after an event. */
export type CaseThen = {
  title: string
  stage: Stage
  severity: Severity | null
  lane: string
  disposition: Disposition | null
  assignee: Who | null
  accepted: boolean
  due: string | null
  vouched: boolean
  linked: Who[]
  evidence: number
  comments: number
  actions: ActionThen[]
  exceptions: Pick<Exception, 'id' | 'status' | 'until'>[]
  passed: Passed[]
  missing: Missing[]
}

/** What somebody could have done then; `about` names the action or exception, where a command is about one. */
export type OfferThen = Offer & { about: string | null }

/** Somebody, with the roles and relations of that moment; `alike`: others with just these roles and no part in the case. */
export type PersonThen = {
  who: Who
  roles: PersonRole[]
  relations: string[]
  alike: Who[]
  offers: OfferThen[]
}

/** One position of the replay: right after the event `seq`. */
export type Frame = {
  seq: number
  at: string
  type: string
  /** The events that one command led to share its decision. */
  together: number[]
  judged: Judged
  state: CaseThen
  /** The parts of the state that this event changed. */
  changed: (keyof CaseThen)[]
  people: PersonThen[]
  /** The policy set by which it is said who could do what: that which decided, or, of an erased event, which was in force; `known` is false where it was not kept, and then nobody is said to. */
  policy: { bundle: string; known: boolean }
  /** Events up to here whose bodies were erased: their texts are gone, what they changed counts. */
  erased: number[]
  /** Those of them of which nothing is left, so that what they changed isn't part of the state. */
  lost: number[]
}

/** A stop on the replay's slider. */
export type Stop = {
  seq: number
  type: string
  at: string
  actor: string
  stage: Stage
  refused: boolean
  erased: boolean
}

/** What the slider runs over. */
export type Replay = {
  case: { id: string; number: number; title: string }
  stops: Stop[]
  /** Whoever acted in the case, with today's names. */
  actors: Who[]
}

/** One position: the entry itself, and what was so right after it. */
export type Moment = { entry: MarkedEntry; frame: Frame }

/** Somebody's part in an action; `answers`: the person who answers for a non-human identity. */
export type Party = { id: string; part: string; answers: string | null }

/** Something that an answer rests on; `event`: the entry that says so. `evidence`: the content that has this digest. */
export type Fact = {
  kind: 'text' | 'digest' | 'code' | 'time'
  label: string
  value: string
  event?: number
  evidence?: string
}

export type Answer = {
  question: 'requested' | 'approved' | 'executed' | 'proved'
  /** False while there is no answer yet; the sentence then says what is missing. */
  answered: boolean
  sentence: string
  parties: Party[]
  facts: Fact[]
  /** The entries that it rests on, by `seq`. */
  events: number[]
}

export type Answers = {
  request: string
  revision: number
  status: ActionStatus
  action: Action
  action_digest: string
  short_code: string
  tier: string
  answers: Answer[]
  separation: { distinct: boolean; people: number; sentence: string }
  events: number[]
}

/** The four questions about an action, with every entry that the answers rest on and how far the record has got with each. */
export type AnswersView = Omit<Answers, 'events'> & {
  case: { id: string; number: number; title: string; stage: Stage }
  who: Who[]
  events: MarkedEntry[]
}
