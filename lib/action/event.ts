import type { Told } from '../case/event'

/** What a connector can do to a role of a PostgreSQL server; other connectors add their own kinds. */
export const ACTION_KINDS = [
  'postgres.rotate-password',
  'postgres.disable-login',
  'postgres.enable-login',
  'postgres.revoke-membership',
  'postgres.grant-membership',
] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

export const RISK_TIERS = ['read', 'low', 'medium', 'high', 'critical'] as const
export type RiskTier = (typeof RISK_TIERS)[number]

/** The exact change. Its digest, SHA-256 over its canonical JSON, is what an approval binds to. */
export type Action = {
  kind: ActionKind
  /** Validated by the connector's schema; strings, integers and booleans only, so that it has one canonical form. */
  params: Record<string, string | number | boolean>
  target: { nhi: string; name: string; environment: string; account: string }
  /** The one connector instance that may carry it out: its URL-shaped name is the warrant's audience. */
  connector: string
  case: string
  purpose: string
  executor: string
  not_before: string
  expires_at: string
  /** The action that this one undoes, if it is a revert. */
  reverts: string | null
}

/** What the connector found on a dry run: shown to the approver word for word. */
export type Plan = {
  changes: string[]
  undo: string
  reversible: boolean
  warnings: string[]
  facts: Record<string, string>
}

export type Quorum = {
  approvals: number
  owner: boolean
  /** The least that proves an approval; `vouched`: a sign-in for exactly its statement, or a passkey. */
  assurance: 'session' | 'fresh' | 'vouched' | 'passkey'
  tier: RiskTier
}

export type Outcome = 'succeeded' | 'failed' | 'unknown'

type Requested = {
  request: string
  revision: number
  action: Action
  action_digest: string
  requester: string
  /** The person who answers for the requester: differs when an agent asked. */
  requester_accountable: string
  /** True when a non-human proposed it: the approver is told. */
  proposed_by_agent: boolean
  executor: string
  executor_owner: string
  target_owner: string | null
  quorum: Quorum
  expires_at: string
}

export type ActionEvent =
  | { type: 'action.requested'; data: Requested }
  | { type: 'action.amended'; data: Requested & { reason: string } }
  | {
      type: 'approvals.voided'
      data: { request: string; revision: number; approvals: string[]; reason: string }
    }
  | { type: 'action.planned'; data: { request: string; revision: number; plan: Plan; plan_sha256: string } }
  | { type: 'action.plan_failed'; data: { request: string; revision: number; reason: string } }
  | { type: 'action.withdrawn'; data: { request: string; reason: string } }
  | { type: 'action.expired'; data: { request: string } }
  | {
      type: 'approval.recorded'
      data: {
        approval: string
        request: string
        revision: number
        decision: 'approve' | 'refuse'
        reason: string | null
        method: 'session' | 'fresh-sign-in' | 'webauthn' | 'oidc-nonce'
        approver: string
        as_owner: boolean
        action_digest: string
        statement_sha256: string
        credential_id: string | null
        /** By `oidc-nonce`: hex SHA-256 of the id_token exactly as it came (compact JWS), kept under it for ever. */
        assertion_sha256: string | null
        /** SHA-256 of each part of the passkey's signature: under these they are kept, for ever. */
        assertion_files: { auth_data: string; client_data: string; signature: string } | null
        /** By `oidc-nonce` alone: whom the id_token has to name. `issuer_jwks`: hex SHA-256 of the issuer's keys as they were fetched, kept under it. */
        sign_in?: { issuer: string; subject: string; client_id: string; issuer_jwks: string } | null
        /** Milliseconds from opening the approval to deciding: a decision nobody read shows. */
        dwell_ms: number
      }
    }
  /** Half of the time for approving was over `by` then, and these had not answered. */
  | {
      type: 'approval.awaited'
      data: {
        request: string
        revision: number
        expires_at: string
        by: string
        waits_for: string[]
        escalated_to: Told[]
      }
    }
  | { type: 'execution.started'; data: { request: string; revision: number } }
  | {
      type: 'warrant.issued'
      data: {
        request: string
        revision: number
        jti: string
        executor: string
        audience: string
        action_digest: string
        warrant_sha256: string
        expires_at: string
      }
    }
  | {
      /** In an emergency: carried out without its approvals, reviewed afterwards by two others. */
      type: 'breakglass.invoked'
      data: {
        request: string
        revision: number
        reason: string
        /** The person who answers for it. */
        invoker: string
        action_digest: string
        method: 'webauthn'
        statement_sha256: string
        credential_id: string
        assertion_sha256: string
        assertion_files: { auth_data: string; client_data: string; signature: string }
        /** No warrant is issued under it from then on. */
        expires_at: string
        review_by: string
      }
    }
  | { type: 'breakglass.expired'; data: { request: string } }
  | {
      type: 'breakglass.reviewed'
      data: { request: string; reviewer: string; outcome: 'justified' | 'unjustified'; note: string }
    }
  | { type: 'warrant.redeemed'; data: { request: string; jti: string } }
  | { type: 'warrant.revoked'; data: { request: string; jti: string; reason: string } }
  | {
      type: 'action.executed'
      data: {
        request: string
        jti: string
        outcome: Outcome
        result_sha256: string
        executor_owner: string
        summary: string
        started_at: string
        finished_at: string
      }
    }
  | {
      /** Nobody reported what an execution did, and a person found it out. */
      type: 'execution.settled'
      data: {
        request: string
        jti: string
        outcome: 'succeeded' | 'failed'
        evidence: string[]
        note: string
        settled_by: string
      }
    }
  | { type: 'probe.requested'; data: { request: string } }
  | {
      type: 'probe.reported'
      data: {
        request: string
        outcome: 'effective' | 'not-effective' | 'unknown'
        result_sha256: string
        summary: string
      }
    }
  | {
      type: 'verification.recorded'
      data: {
        request: string
        outcome: 'passed' | 'failed'
        evidence: string[]
        note: string | null
        verifier: string
      }
    }

const OF_ACTIONS = /^(?:action|approvals?|breakglass|execution|probe|verification|warrant)\./

/** Whether an event, by its name, is about an action: an executor may have something to do. */
export function isOfAction(type: string): boolean {
  return OF_ACTIONS.test(type)
}

/** The parameters that each kind takes; its connector checks their values. */
export const WITH_PARAMS: Readonly<Record<ActionKind, readonly string[]>> = {
  'postgres.rotate-password': ['end_sessions'],
  'postgres.disable-login': ['end_sessions'],
  'postgres.enable-login': [],
  'postgres.revoke-membership': ['group'],
  'postgres.grant-membership': ['group'],
}

/** Can the effect be taken back by another action? A password that is gone can be replaced, never restored: it still works again. */
export const REVERSIBLE: Readonly<Record<ActionKind, boolean>> = {
  'postgres.rotate-password': true,
  'postgres.disable-login': true,
  'postgres.enable-login': true,
  'postgres.revoke-membership': true,
  'postgres.grant-membership': true,
}
