import { z } from 'zod'
import type { CommandOf, CommandTable } from '../act/spec'
import { caseId, exceptionId, instant, nhiId, personId, sha256Hex, text } from '../act/text'
import { actionCommands } from '../action/command'
import { correctionCommands } from './correct-command'
import { erasureCommands } from './erasure-command'
import { CATEGORIES, DISMISSALS, DISPOSITIONS, EXPOSURES, LEVELS, SEVERITIES, TRUST_LEVELS } from './event'
import { maskedSecret, snapshot } from './snapshot'

const severity = z.enum(SEVERITIES)
const reason = text(2_000)

const cases = {
  promoteFinding: {
    summary: 'Make a case of a chat finding',
    doors: 'internal',
    creates: true,
    input: z.strictObject({
      title: text(200),
      category: z.enum(CATEGORIES),
      severity: severity.nullable(),
      snapshot: snapshot.nullable(),
      secrets: z.array(maskedSecret).max(50),
      reporter_name: text(200),
      message_key: text(300, 0).nullable(),
      note: text(4_000).nullable(),
    }),
  },
  addMessage: {
    summary: 'Attach another message to a case',
    doors: 'internal',
    input: z.strictObject({
      snapshot,
      secrets: z.array(maskedSecret).max(50),
      message_key: text(300, 0).nullable(),
    }),
  },
  recordDrift: {
    summary: 'Record that a promoted message was edited or deleted',
    doors: 'internal',
    input: z.strictObject({
      message_id: text(200, 0),
      change: z.enum(['edited', 'deleted']),
      text: text(40_000).nullable(),
      observed_at: instant,
    }),
  },
  recordCard: {
    summary: 'Record the link-back card that stands in the thread',
    doors: 'internal',
    input: z.strictObject({
      platform: z.enum(['slack', 'teams']),
      channel: text(100),
      message_id: text(100),
    }),
  },
  attachEvidence: {
    summary: 'Attach evidence that is already in the store',
    doors: 'internal',
    input: z.strictObject({
      sha256: sha256Hex,
      bytes: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
      media_type: text(200),
      name: text(300),
      kind: z.enum(['file', 'text', 'snapshot', 'sealed-secret', 'receipt', 'probe']),
      source: text(500),
      tool: text(200).nullable(),
      trust: z.enum(TRUST_LEVELS),
    }),
  },
  retitleCase: { summary: 'Change the title', doors: 'desk', input: z.strictObject({ title: text(200) }) },
  setSeverity: {
    summary: 'Set the severity',
    doors: 'desk',
    input: z.strictObject({ severity, reason: reason.nullable().default(null) }),
  },
  raiseTrust: {
    summary: 'Vouch for a message whose origin could not be proved',
    doors: 'desk',
    input: z.strictObject({ reason }),
  },
  addComment: {
    summary: 'Comment',
    doors: 'desk',
    input: z.strictObject({ text: text(20_000) }),
  },
  linkNhi: {
    summary: 'Link a non-human identity that the finding touches',
    doors: 'desk',
    input: z.strictObject({ nhi: nhiId, reason: text(500) }),
  },
  unlinkNhi: {
    summary: 'Unlink a non-human identity',
    doors: 'desk',
    input: z.strictObject({ nhi: nhiId, reason }),
  },
  declareNoNhi: {
    summary: 'Record that no non-human identity is involved',
    doors: 'desk',
    input: z.strictObject({ reason }),
  },
  confirmCase: {
    summary: 'Confirm that the finding is real, with context taken now',
    doors: 'desk',
    input: z.strictObject({
      criticality: z.enum(LEVELS),
      privilege: z.enum(LEVELS),
      exposure: z.enum(EXPOSURES),
      note: text(4_000),
    }),
  },
  dismissCase: {
    summary: 'Dismiss the finding, which closes the case',
    doors: 'desk',
    input: z.strictObject({
      disposition: z.enum(DISMISSALS),
      reason,
      duplicate_of: caseId.nullable().default(null),
    }),
  },
  assignCase: {
    summary: 'Ask one person to take the case',
    doors: 'desk',
    input: z.strictObject({
      assignee: personId,
      team: text(100).nullable().default(null),
      due: instant.nullable().default(null),
    }),
  },
  acceptAssignment: { summary: 'Accept the case', doors: 'desk', input: z.strictObject({}) },
  declineAssignment: { summary: 'Decline the case', doors: 'desk', input: z.strictObject({ reason }) },
  escalateCase: {
    summary: 'Say that a case is past its due time, and who is told next',
    doors: 'internal',
    input: z.strictObject({ due: instant }),
  },
  escalateAssignment: {
    summary: 'Say that whoever was asked to take a case does not answer, and who is told next',
    doors: 'internal',
    input: z.strictObject({ assignee: personId, due: instant, by: instant }),
  },
  proposeNoAction: {
    summary: 'Propose that no action is needed',
    doors: 'desk',
    input: z.strictObject({ reason }),
  },
  agreeNoAction: { summary: 'Agree that no action is needed', doors: 'desk', input: z.strictObject({}) },
  requestException: {
    summary: 'Ask to accept the risk for a bounded time',
    doors: 'desk',
    input: z.strictObject({ nhi: nhiId.nullable(), reason, owner: personId, until: instant }),
  },
  grantException: {
    summary: 'Grant an exception',
    doors: 'desk',
    input: z.strictObject({ exception: exceptionId }),
  },
  refuseException: {
    summary: 'Refuse an exception',
    doors: 'desk',
    input: z.strictObject({ exception: exceptionId, reason }),
  },
  expireException: {
    summary: 'Let an exception end',
    doors: 'internal',
    input: z.strictObject({ exception: exceptionId }),
  },
  advanceCase: {
    summary: 'Move on to verification, when nothing is left to do',
    doors: 'desk',
    input: z.strictObject({ to: z.enum(['confirm', 'assign', 'act', 'verify']) }),
  },
  returnCase: {
    summary: 'Go back to an earlier stage',
    doors: 'desk',
    input: z.strictObject({ to: z.enum(['identify', 'confirm', 'assign', 'act']), reason }),
  },
  closeCase: {
    summary: 'Close the case',
    doors: 'desk',
    input: z.strictObject({
      disposition: z.enum(DISPOSITIONS),
      summary: text(10_000),
      lessons: text(10_000).nullable().default(null),
    }),
  },
  reopenCase: {
    summary: 'Reopen a closed case',
    doors: 'desk',
    input: z.strictObject({ to: z.enum(['identify', 'act']), reason }),
  },
  exportCase: {
    summary: 'Export the case as a bundle that can be checked offline',
    doors: 'internal',
    input: z.strictObject({ purpose: text(500) }),
  },
} as const satisfies CommandTable

export const caseCommands = {
  ...cases,
  ...actionCommands,
  ...correctionCommands,
  ...erasureCommands,
} as const satisfies CommandTable
export type CaseCommand = CommandOf<typeof caseCommands>
