import { z } from 'zod'
import type { CommandTable } from '../act/spec'
import { base64url, credentialId, instant, label, nhiId, requestId, sha256Hex, text } from '../act/text'
import { ACTION_KINDS } from './event'

const reason = text(2_000)
/** Each connector's own schema checks these again; here only the record's canonical form is ensured. */
const params = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
  z.union([label(1_000, 0), z.int(), z.boolean()]),
)

/** `AuthenticatorAssertionResponse` (Web Authentication Level 3, section 5.2.2). */
const assertion = z.strictObject({
  credential_id: credentialId,
  client_data: base64url(8_000),
  auth_data: base64url(4_000),
  signature: base64url(1_000),
})

export type SentAssertion = z.output<typeof assertion>

const exactChange = {
  kind: z.enum(ACTION_KINDS),
  params: params.default({}),
  nhi: nhiId,
  purpose: text(1_000, 10),
  /** Nothing runs before this; at once when left out. */
  not_before: instant.nullable().default(null),
}

export const actionCommands = {
  proposeAction: {
    summary: 'Propose one exact change of a real system',
    doors: 'desk',
    input: z.strictObject({ ...exactChange, reverts: requestId.nullable().default(null) }),
  },
  amendAction: {
    summary: 'Amend a proposed action, which voids its approvals',
    doors: 'desk',
    input: z.strictObject({ request: requestId, reason, ...exactChange }),
  },
  withdrawAction: {
    summary: 'Withdraw a proposed action',
    doors: 'desk',
    input: z.strictObject({ request: requestId, reason }),
  },
  approveAction: {
    summary: 'Approve exactly this action',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      /** The statement's exact bytes as shown to the approver (docs/record-format.md, "Approvals"). */
      statement: text(8_000, 0),
      dwell_ms: z.int().min(0).max(86_400_000),
      /** The passkey's signature, whose challenge is the statement's SHA-256; null where signing in is enough. */
      passkey: assertion.nullable().default(null),
    }),
  },
  refuseAction: {
    summary: 'Refuse this action, which ends the request',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      statement: text(8_000, 0),
      reason,
      dwell_ms: z.int().min(0).max(86_400_000),
    }),
  },
  startExecution: {
    summary: 'Let the executor carry out the approved action now',
    doors: 'desk',
    input: z.strictObject({ request: requestId }),
  },
  invokeBreakGlass: {
    summary: 'In an emergency, carry out an action without its approvals, to be reviewed by two others',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      reason: text(2_000, 20),
      /** The statement's exact bytes as shown, with the decision `break-glass`. */
      statement: text(8_000, 0),
      /** The passkey's signature, whose challenge is the statement's SHA-256: nothing less will do. */
      passkey: assertion.nullable().default(null),
    }),
  },
  reviewBreakGlass: {
    summary: 'Review an emergency execution afterwards',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      outcome: z.enum(['justified', 'unjustified']),
      note: text(4_000),
    }),
  },
  expireBreakGlass: {
    summary: 'Let the authority of an emergency end',
    doors: 'internal',
    input: z.strictObject({ request: requestId }),
  },
  settleExecution: {
    summary: 'Record what became of an execution that nobody reported, with evidence',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      /** `succeeded`: it had its effect. `failed`: it had none. */
      outcome: z.enum(['succeeded', 'failed']),
      evidence: z.array(sha256Hex).min(1).max(20),
      note: text(2_000),
    }),
  },
  requestProbe: {
    summary: 'Ask for an independent look at the effect',
    doors: 'desk',
    input: z.strictObject({ request: requestId }),
  },
  recordVerification: {
    summary: 'Judge whether the action worked, with evidence',
    doors: 'desk',
    input: z.strictObject({
      request: requestId,
      outcome: z.enum(['passed', 'failed']),
      evidence: z.array(sha256Hex).min(1).max(20),
      note: text(4_000).nullable().default(null),
    }),
  },
  recordPlan: {
    summary: 'Report the dry run',
    doors: 'machine',
    input: z.strictObject({
      request: requestId,
      revision: z.int().min(1),
      plan: z.strictObject({
        changes: z.array(text(500)).min(1).max(20),
        undo: text(500),
        reversible: z.boolean(),
        warnings: z.array(text(500)).max(20),
        facts: z.record(text(100, 0), text(500, 0)),
      }),
    }),
  },
  reportPlanFailure: {
    summary: 'Report that the dry run failed',
    doors: 'machine',
    input: z.strictObject({ request: requestId, revision: z.int().min(1), reason }),
  },
  issueWarrant: {
    summary: 'Ask for the warrant of an approved and started action',
    doors: 'internal',
    input: z.strictObject({
      request: requestId,
      jti: z.string().regex(/^wrt_[0-9a-f]{32}$/),
      audience: z.url(),
      warrant_sha256: sha256Hex,
      action_digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      expires_at: instant,
    }),
  },
  redeemWarrant: {
    summary: 'Redeem a warrant: once, and never again',
    doors: 'internal',
    input: z.strictObject({ request: requestId, jti: z.string().regex(/^wrt_[0-9a-f]{32}$/) }),
  },
  reportExecution: {
    summary: 'Report what the execution did',
    doors: 'internal',
    input: z.strictObject({
      request: requestId,
      jti: z.string().regex(/^wrt_[0-9a-f]{32}$/),
      outcome: z.enum(['succeeded', 'failed', 'unknown']),
      summary: text(2_000),
      result_sha256: sha256Hex,
      result_bytes: z.int().min(1),
      started_at: instant,
      finished_at: instant,
    }),
  },
  reportProbe: {
    summary: 'Report what the probe saw',
    doors: 'internal',
    input: z.strictObject({
      request: requestId,
      outcome: z.enum(['effective', 'not-effective', 'unknown']),
      summary: text(2_000),
      result_sha256: sha256Hex,
      result_bytes: z.int().min(1),
    }),
  },
  revokeWarrant: {
    summary: 'Revoke a warrant that nobody has redeemed',
    doors: 'internal',
    input: z.strictObject({ request: requestId, jti: z.string().regex(/^wrt_[0-9a-f]{32}$/), reason }),
  },
  escalateApproval: {
    summary: 'Say that an approval is still missing when half of its time is over, and who is told next',
    doors: 'internal',
    input: z.strictObject({ request: requestId, revision: z.int().min(1), by: instant }),
  },
  expireAction: {
    summary: 'Let a request end that nobody decided in time',
    doors: 'internal',
    input: z.strictObject({ request: requestId }),
  },
} as const satisfies CommandTable
