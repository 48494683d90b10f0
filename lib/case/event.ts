import type { ActionEvent } from '../action/event'
import type { ErasureEvent } from './erasure-event'

export const STAGES = ['identify', 'confirm', 'assign', 'act', 'verify', 'closed'] as const
export type Stage = (typeof STAGES)[number]

export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export const CATEGORIES = [
  'leaked-secret',
  'service-account-abuse',
  'recurring-attack-path',
  'suspicious-access',
  'malware',
  'misconfiguration',
  'policy-violation',
  'question',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** How a case ended. The first four are dismissals. */
export const DISPOSITIONS = [
  'false-positive',
  'benign',
  'duplicate',
  'informational',
  'remediated',
  'risk-accepted',
  'no-action-needed',
] as const
export type Disposition = (typeof DISPOSITIONS)[number]
export const DISMISSALS = ['false-positive', 'benign', 'duplicate', 'informational'] as const

/** How far we can prove where a message came from (docs/architecture.md, "Trust"). */
export const TRUST_LEVELS = ['typed', 'reported', 'delivered', 'platform-verified'] as const
export type Trust = (typeof TRUST_LEVELS)[number]

/** One message of the snapshot. Text is masked before it gets here. */
export type SnapshotMessage = {
  author: string
  author_id: string | null
  /** bot, guest, external, unlinked, deleted: shown beside the name, so that a borrowed name deceives nobody. */
  author_flags: string[]
  /** When it was said; for typed messages, as claimed. */
  said_at: string | null
  /** The platform's own id of the message (Slack `ts`), a string for ever. */
  message_id: string | null
  text: string
}

/** The message and its thread as they were when promoted. */
export type Snapshot = {
  platform: 'slack' | 'teams' | 'other'
  permalink: string | null
  team: string | null
  channel: string | null
  channel_name: string | null
  thread: string | null
  messages: SnapshotMessage[]
  completeness: 'complete' | 'partial' | 'pointer-only'
  completeness_reason: string | null
  trust: Trust
  /** What was checked on the way in, e.g. `slack-v0-hmac`; null when nothing could be. */
  verified: string | null
  received_at: string
  raw_sha256: string | null
}

/** A secret that was masked: where it was, what kind, its keyed fingerprint. Never the secret. */
export type MaskedSecret = { label: string; kind: string; fingerprint: string }

/** Somebody who is told because others haven't answered, and what makes them the next. */
export type Told = { person: string; as: 'backup-owner' | 'team' | 'admin' }

export type NhiLink = { nhi: string; name: string; owner: string | null; reason: string }

export type CaseEvent =
  | {
      type: 'finding.promoted'
      data: {
        number: number
        title: string
        category: Category
        severity: Severity | null
        snapshot: Snapshot | null
        secrets: MaskedSecret[]
        /** The member who promoted; null for somebody in chat whose account isn't linked. */
        reporter: string | null
        reporter_name: string
        lane: 'full' | 'light'
        /** Key under which the same message finds this case again. */
        message_key: string | null
        note: string | null
      }
    }
  | { type: 'case.state'; data: { from: Stage | null; to: Stage; reason: string | null } }
  | { type: 'case.titled'; data: { title: string } }
  | { type: 'severity.set'; data: { severity: Severity; reason: string | null } }
  | { type: 'trust.raised'; data: { reason: string } }
  | {
      type: 'message.added'
      data: { snapshot: Snapshot; secrets: MaskedSecret[]; message_key: string | null }
    }
  | {
      type: 'message.drifted'
      data: { message_id: string; change: 'edited' | 'deleted'; text: string | null; observed_at: string }
    }
  | {
      type: 'evidence.attached'
      data: {
        sha256: string
        bytes: number
        media_type: string
        name: string
        kind: 'file' | 'text' | 'snapshot' | 'sealed-secret' | 'receipt' | 'probe'
        source: string
        collected_by: string
        collected_at: string
        tool: string | null
        trust: Trust
      }
    }
  | { type: 'evidence.withheld'; data: { sha256: string; reason: string } }
  | { type: 'comment.added'; data: { text: string } }
  /** Event `seq`, whose digest is `body`, is corrected by what `text` says. It stands as it was, and so does all that follows from it. */
  | { type: 'entry.corrected'; data: { seq: number; body: string; text: string; reason: string | null } }
  | { type: 'nhi.linked'; data: NhiLink }
  | { type: 'nhi.unlinked'; data: { nhi: string; reason: string } }
  | { type: 'nhi.none'; data: { reason: string } }
  | { type: 'owner.notified'; data: { nhi: string; owner: string; through: 'desk' | 'chat' } }
  | {
      type: 'case.confirmed'
      data: { criticality: Level; privilege: Level; exposure: Exposure; note: string }
    }
  | {
      type: 'case.dismissed'
      data: { disposition: (typeof DISMISSALS)[number]; reason: string; duplicate_of: string | null }
    }
  | { type: 'case.assigned'; data: { assignee: string; team: string | null; due: string } }
  | { type: 'assignment.accepted'; data: { assignee: string } }
  | { type: 'assignment.declined'; data: { assignee: string; reason: string } }
  /** Its due time passed; `waits_for` is empty where nobody has it. */
  | {
      type: 'case.overdue'
      data: { due: string; stage: Stage; waits_for: string[]; escalated_to: Told[] }
    }
  /** Whoever was asked to take it had not answered `by` then, half of the time until it is due. */
  | {
      type: 'assignment.awaited'
      data: { due: string; by: string; waits_for: string[]; escalated_to: Told[] }
    }
  | { type: 'no_action.proposed'; data: { reason: string } }
  | { type: 'no_action.agreed'; data: { proposer: string } }
  | {
      type: 'exception.requested'
      data: { exception: string; nhi: string | null; reason: string; owner: string; until: string }
    }
  | { type: 'exception.granted'; data: { exception: string; until: string; owner: string } }
  | { type: 'exception.refused'; data: { exception: string; reason: string } }
  | { type: 'exception.expired'; data: { exception: string } }
  | { type: 'case.closed'; data: { disposition: Disposition; summary: string; lessons: string | null } }
  | { type: 'case.reopened'; data: { to: 'identify' | 'act'; reason: string } }
  | { type: 'card.posted'; data: { platform: 'slack' | 'teams'; channel: string; message_id: string } }
  | {
      type: 'case.exported'
      data: {
        scope: 'case'
        format: 'onrecord-bundle/v1'
        head: string
        purpose: string
        /** The export's id. */
        export: string
      }
    }
  | {
      type: 'policy.denied'
      data: {
        command: string
        code: string
        sentence: string
        /** Which action or exception the command was about, and the passkey that it brought: so that the decision can be judged again. */
        request?: string
        exception?: string
        credential_id?: string
      }
    }
  | ActionEvent
  | ErasureEvent

export const LEVELS = ['low', 'moderate', 'high', 'tier-0'] as const
export type Level = (typeof LEVELS)[number]
export const EXPOSURES = ['none', 'internal', 'public', 'in-use-by-attacker', 'unknown'] as const
export type Exposure = (typeof EXPOSURES)[number]
