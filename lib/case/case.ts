import type { Request } from '../action/action'
import type { Erasing } from './erasure-event'
import type {
  CaseEvent,
  Category,
  Disposition,
  Exposure,
  Level,
  MaskedSecret,
  NhiLink,
  Severity,
  Snapshot,
  Stage,
} from './event'
import type { Late } from './late'

/** `seq` is the event that said it: what is erased with it. */
type BySeq = { seq: number }
export type Evidence = Extract<CaseEvent, { type: 'evidence.attached' }>['data'] & BySeq
/** An erasure that waits for a second person. */
export type Erasure = {
  id: string
  reason: string
  requester: string
  asked_at: string
  events: readonly Erasing[]
}
export type Hold = { id: string; reason: string; placed_by: string; at: string }
export type Exception = BySeq & {
  id: string
  nhi: string | null
  reason: string
  owner: string
  until: string
  requested_by: string
  status: 'requested' | 'active' | 'refused' | 'expired'
}
export type Passed = { stage: Stage; by: string; at: string }

/** The state of one case: the fold of its stream. Plain JSON, so that it can be kept beside the stream's head. */
export type Case = {
  id: string
  number: number
  title: string
  category: Category
  severity: Severity | null
  stage: Stage
  stage_at: string
  opened_at: string
  lane: 'full' | 'light'
  /** The person who answers for the promotion; null for an unlinked chat user. */
  promoter: string | null
  reporter_name: string
  snapshots: (Snapshot & BySeq & { secrets: MaskedSecret[] })[]
  message_keys: string[]
  vouched: boolean
  linked: (NhiLink & BySeq)[]
  no_nhi: string | null
  notified: string[]
  evidence: Evidence[]
  /** Digests of what exports leave out. */
  withheld: string[]
  comments: number
  confirmation: { by: string; at: string; criticality: Level; privilege: Level; exposure: Exposure } | null
  assignee: string | null
  accepted: boolean
  team: string | null
  due: string | null
  /** Said to be past that due time. */
  overdue?: Late
  /** Said that whoever was asked to take it doesn't answer. */
  unanswered?: Late
  requests: Request[]
  no_action: { reason: string; proposer: string; agreed: boolean } | null
  exceptions: Exception[]
  passed: Passed[]
  disposition: Disposition | null
  summary: string | null
  lessons: string | null
  card: { platform: 'slack' | 'teams'; channel: string; message_id: string } | null
  /** The events that say what stands as the title, as the reason for no identity or no action, and as how it ended. */
  said: { title: number; no_nhi: number | null; no_action: number | null; ending: number | null }
  erasures: Erasure[]
  /** Events whose bodies are gone. */
  erased: number[]
  /** Legal holds that stand. */
  holds: Hold[]
  /** Ids whose facts every later command on this case may need. */
  people: string[]
  nhis: string[]
}

export const NO_CASE: Case = {
  id: '',
  number: 0,
  title: '',
  category: 'other',
  severity: null,
  stage: 'identify',
  stage_at: '',
  opened_at: '',
  lane: 'full',
  promoter: null,
  reporter_name: '',
  snapshots: [],
  message_keys: [],
  vouched: false,
  linked: [],
  no_nhi: null,
  notified: [],
  evidence: [],
  withheld: [],
  comments: 0,
  confirmation: null,
  assignee: null,
  accepted: false,
  team: null,
  due: null,
  requests: [],
  no_action: null,
  exceptions: [],
  passed: [],
  disposition: null,
  summary: null,
  lessons: null,
  card: null,
  said: { title: 0, no_nhi: null, no_action: null, ending: null },
  erasures: [],
  erased: [],
  holds: [],
  people: [],
  nhis: [],
}

export function exists(state: Case): boolean {
  return state.id !== ''
}

export function requestOf(state: Case, id: string): Request | undefined {
  return state.requests.find((request) => request.id === id)
}

/** Each stage's place in the one order. */
export const ORDER: Readonly<Record<Stage, number>> = {
  identify: 0,
  confirm: 1,
  assign: 2,
  act: 3,
  verify: 4,
  closed: 5,
}

export function isBefore(one: Stage, other: Stage): boolean {
  return ORDER[one] < ORDER[other]
}
