/**
 * What the API answers to a reader. Queries in `db/queries/` return these, the pages show these; nothing else crosses.
 * All times are UTC, `YYYY-MM-DDTHH:MM:SS.mmmZ`.
 */
import type { Action, Outcome, Plan, Quorum } from '../action/event'
import type { Category, Disposition, Severity, Snapshot, Stage, Trust } from '../case/event'
import type { PersonRole } from '../identity/actor'
import type { NhiProfile } from '../nhi/event'
import type { Missing } from './refusal'

/** Somebody as a reader sees them; `kind` picks the glyph. */
export type Who = { id: string; name: string; kind: 'human' | 'nhi' | 'system' }

/** What one may do about a command now: the same rules as when it is sent, so that a button's reason is the server's. */
export type Offer = {
  command: string
  open: boolean /** Why not, and who can; empty when open. */
  reason: string
  code: string | null
}

/** How far the record has got with an event. */
export type Seal = { status: 'recorded' | 'sealed' | 'witnessed'; hash: string; index: number | null }

export type CaseRow = {
  id: string
  number: number
  title: string
  stage: Stage
  severity: Severity | null
  category: Category
  disposition: Disposition | null
  assignee: Who | null
  accepted: boolean
  due: string | null
  opened_at: string
  changed_at: string
  /** Since when it is in its stage. */
  stage_at: string
  version: number
  nhis: number
  waiting: number
  trust: Trust | null
  exposed: boolean
}

/** Counting stops here: "500+" says as much, and costs the same however many there are. */
export const MOST_COUNTED = 500

export type CasePage = {
  rows: CaseRow[]
  next: string | null
  /** No further than MOST_COUNTED. */
  counts: Record<'open' | 'mine' | 'waiting' | 'unassigned' | 'closed', number>
}

/** How many open cases are in a stage, for how long, and how many of them are past their due time. */
export type QueueStage = {
  stage: Exclude<Stage, 'closed'>
  cases: number
  overdue: number
  /** When the one that has been there longest came there. */
  oldest: string | null
  /** How many came there within the last day, the last three, the last week, and before. */
  ages: [number, number, number, number]
}
export type Queue = { at: string; stages: QueueStage[] }

export type Entry = {
  seq: number
  type: string
  at: string
  who: Who
  via: string
  acr: string
  data: Record<string, unknown>
  policy: { decision: string; rule: string; bundle: string; decision_id: string }
  correlation: string | null
  cause: string | null
  /** Its body was erased: `data` is empty, and of `policy` nothing is known. */
  erased: boolean
  /** By whom and why, where the reader asked for it; `data` is then what is left. */
  erasure: { at: string; by: Who; reason: string; rule: string | null; event: number } | null
  seal: Seal
}

export type ApprovalView = {
  approval: string
  decision: 'approve' | 'refuse'
  approver: Who
  as_owner: boolean
  method: string
  at: string
  reason: string | null
  void: boolean
}

export type ActionStatus =
  | 'planning'
  | 'plan-failed'
  | 'awaiting-approval'
  | 'approved'
  | 'started'
  | 'running'
  | 'executed'
  | 'failed'
  | 'unknown'
  | 'verified'
  | 'verification-failed'
  | 'refused'
  | 'withdrawn'
  | 'expired'

export type ActionView = {
  request: string
  revision: number
  status: ActionStatus
  /** What the log still owes before a started action may have its warrant. */
  awaits: 'sealed' | 'witnessed' | null
  action: Action
  action_digest: string
  /** First eight hexadecimal digits of the digest, in two groups: read aloud, it names the exact change. */
  short_code: string
  requester: Who
  proposed_by_agent: boolean
  executor: Who
  executor_owner: Who
  target_owner: Who | null
  quorum: Quorum
  plan: Plan | null
  plan_failure: string | null
  approvals: ApprovalView[]
  /** Who has been asked and has not answered, since when. */
  asked: { who: Who; since: string; as_owner: boolean }[]
  requested_at: string
  expires_at: string
  warrant: { jti: string; issued_at: string; redeemed_at: string | null; expires_at: string } | null
  result: { outcome: Outcome; summary: string; finished_at: string; result_sha256: string } | null
  probe: { outcome: string; summary: string; result_sha256: string; at: string } | null
  /** An emergency: who let it run without its approvals, and who has reviewed that. */
  breakglass: {
    invoker: Who
    reason: string
    at: string
    expires_at: string
    review_by: string
    expired: boolean
    reviews: { reviewer: Who; outcome: 'justified' | 'unjustified'; note: string; at: string }[]
  } | null
  verification: { outcome: 'passed' | 'failed'; verifier: Who; note: string | null; at: string } | null
  probing: boolean
  offers: Offer[]
}

export type EvidenceView = {
  /** The entry of the record that attached it. */
  seq: number
  /** Its file, name and digest are gone. */
  erased: boolean
  sha256: string
  bytes: number
  media_type: string
  name: string
  kind: string
  source: string
  collected_by: Who
  collected_at: string
  trust: Trust
  /** Sealed secrets can be listed, not fetched. */
  downloadable: boolean
}

export type NhiRow = {
  id: string
  name: string
  kind: string
  system: string
  account: string
  environment: string
  privilege: string
  criticality: string
  owner: Who | null
  backup_owner: Who | null
  health: Health[]
  open_cases: number
  last_used_on: string | null
  last_rotated_on: string | null
  next_review_on: string | null
  disabled: boolean
}

export const HEALTH = ['orphaned', 'stale', 'over-privileged', 'unrotated', 'exposed', 'unreviewed'] as const
export type Health = (typeof HEALTH)[number]

export type GateView = {
  stage: Stage
  missing: Missing[]
  passed: boolean
  by: Who | null
  at: string | null
}

/** A legal hold; `offers` say whether this reader may lift it. */
export type HoldView = {
  hold: string
  scope: 'case' | 'organisation'
  reason: string
  placed_by: Who
  at: string
  offers: Offer[]
}

/** An erasure that waits for a second person. */
export type ErasureView = {
  erasure: string
  reason: string
  requester: Who
  asked_at: string
  /** The entries of the record that are to lose their bodies. */
  seqs: number[]
  offers: Offer[]
}

type RetentionView = { rule: string; days: number; what: string[]; except: string[]; proposer: Who }

/** All that is held or to be erased, and the retention rule. */
export type ErasureDesk = {
  holds: HoldView[]
  cases: { id: string; number: number; title: string; holds: HoldView[]; erasures: ErasureView[] }[]
  retention: (RetentionView & { since: string }) | null
  proposed: RetentionView | null
  offers: Offer[]
}

export type CaseFile = CaseRow & {
  holds: HoldView[]
  erasures: ErasureView[]
  head: string
  reporter: Who | null
  reporter_name: string
  lane: 'full' | 'light'
  /** `seq`: the entry of the record that holds it. */
  snapshots: (Snapshot & { seq: number; secrets: { label: string; kind: string; fingerprint: string }[] })[]
  linked: (NhiRow & { reason: string })[]
  no_nhi_reason: string | null
  evidence: EvidenceView[]
  actions: ActionView[]
  exceptions: {
    exception: string
    status: string
    reason: string
    owner: Who
    until: string
    requested_by: Who
    offers: Offer[]
  }[]
  gates: GateView[]
  timeline: Entry[]
  offers: Offer[]
  summary: string | null
  lessons: string | null
}

export type NhiFile = NhiRow & {
  version: number
  profile: NhiProfile
  credentials: {
    credential: string
    kind: string
    fingerprint: string
    label: string
    expires_on: string | null
    retired: boolean
  }[]
  keys: { kid: string; use: string; revoked: boolean }[]
  cases: CaseRow[]
  timeline: Entry[]
  offers: Offer[]
}

export type ApprovalRow = { case: CaseRow; action: ActionView; mine: boolean; reason: string }

/** A passkey with which the reader can sign here. */
export type OwnPasskey = { credential_id: string; name: string; transports: string[] }

/** The statement to be decided on, with the exact bytes that the approval will bind to. */
export type StatementView = {
  statement: string
  /** What a passkey's signature is asked for: the name that it is bound to, and the reader's own. */
  rp_id: string
  passkeys: OwnPasskey[]
  /** Where passkeys work. */
  origin: string
  /** There is a provider that could vouch for exactly this statement. */
  provider: boolean
  digest: string
  short_code: string
  action: ActionView
  case: CaseRow
}

export type HistoryRow = Entry & { stream: string; number: number | null; title: string | null }
export type HistoryPage = {
  rows: HistoryRow[]
  next: string | null
  /** Set when the search went as far back as one request may: there is more to look through, from here. */
  searched_to: string | null
}

/** How many cases stand behind a history, for whoever is about to export them; `words`: what goes on record about the filter. */
export type CasesBehind = { cases: number; entries: number; words: string }

export type PasskeyView = OwnPasskey & {
  alg: string
  /** A copy of it may be kept by the maker of the person's devices. */
  synced: boolean
  origin: string
  enrolled_at: string
  revoked_at: string | null
  last_used_at: string | null
}

/** A change of somebody's passkeys, as they are told of it. */
export type PasskeyNews = {
  type: 'passkey.enrolled' | 'passkey.revoked'
  name: string
  at: string
  by: Who
  reason: string | null
}

export type PasskeysView = {
  holder: Who
  /** Where passkeys work: a browser at any other address makes none that count here. */
  origin: string
  passkeys: PasskeyView[]
  news: PasskeyNews[]
}

export type MemberView = Who & {
  email: string
  roles: PersonRole[]
  team: string | null
  removed: boolean
  linked: { platform: string; user: string }[]
}

export type Session = {
  who: Who
  roles: PersonRole[]
  org: { id: string; name: string }
  auth_time: string
  acr: string
  local: boolean
  sample_chat: string | null
}

export type ExportView = {
  id: string
  scope: 'case' | 'cases' | 'period' | 'everything'
  /** Of an export of one case. */
  case: { id: string; number: number; title: string } | null
  /** Of a set of cases: what was asked for, in words, and how many there are. */
  filter: string | null
  streams: number | null
  /** Of a period: its first moment, and the first one after it. */
  from: string | null
  to: string | null
  purpose: string
  who: Who
  requested_at: string
  status: 'waiting' | 'writing' | 'done' | 'failed' | 'cancelled' | 'expired'
  step: string | null
  /** How often its file was begun and not finished, because its writer was killed or cut off: then another one takes it up. */
  interrupted: number
  /** How far it is: events that are written, and bytes of events and evidence. Totals are 0 until they are known. */
  events: { done: number; total: number }
  bytes: { done: number; total: number }
  /** Null while there is none, and for what the console wrote elsewhere. */
  file: { name: string; bytes: number; sha256: string } | null
  problem: { code: string; sentence: string; remedy: string } | null
  finished_at: string | null
  /** When the file is deleted. */
  expires_at: string | null
  may: { cancel: boolean; retry: boolean; fetch: boolean; remove: boolean }
}
export type ExportPage = { rows: ExportView[]; next: string | null; may: { export: boolean } }

export type SearchHit = { case: CaseRow; excerpt: string }

/** A question to the history under a name; `query` is the history page's own query string. */
export type SavedView = {
  id: string
  name: string
  query: string
  mine: boolean
  by: string
  saved_at: string
}
