import type { Category, Disposition, Severity, Snapshot, Stage, Trust } from '../../case/event'
import type { Missing } from '../refusal'
import type { ActionView } from './action'
import type { Entry } from './entry'
import type { ErasureView, HoldView } from './erasure'
import type { NhiRow } from './nhi'
import type { LateView, Offer, Who } from './who'

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
  /** Something about it has waited too long, and somebody else was told. */
  escalated: boolean
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

export type GateView = {
  stage: Stage
  missing: Missing[]
  passed: boolean
  by: Who | null
  at: string | null
}

export type CaseFile = CaseRow & {
  holds: HoldView[]
  erasures: ErasureView[]
  head: string
  /** Past its due time, as the record says. */
  overdue: LateView | null
  /** Whoever was asked to take it doesn't answer. */
  unanswered: LateView | null
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

export type SearchHit = { case: CaseRow; excerpt: string }
