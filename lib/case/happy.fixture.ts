import { BROKEN, breaking, holdingKey, reviewed } from '../act/emergency.fixture'
import { type Asked, type Name, type Step, saying } from '../act/given.fixture'
import { ada, bruno, chiara, esther, executor, grace, hugo, worker } from '../act/people.fixture'
import * as story from '../act/story.fixture'
import { erasureHappy, KNOWN } from './erasure.fixture'
import { awaited, overdue, unanswered } from './late.fixture'

export type Happy = { readonly given: readonly Step[]; readonly when: Asked }

const FILE = {
  sha256: 'c'.repeat(64),
  bytes: 1,
  media_type: 'text/plain',
  name: 'x',
  kind: 'file',
  source: 'x',
  tool: null,
  trust: 'typed',
}
const DRIFT = { message_id: '1.1', change: 'deleted', text: null, observed_at: '2026-03-02T08:00:00.000Z' }
const reason = 'Because.'
const AMENDED = { ...story.ROTATION, params: { end_sessions: true }, reason }

/** Each command in a story in which it is accepted, from somebody who may. A new command doesn't compile until it is here. */
export const HAPPY: Readonly<Record<Name, Happy>> = {
  promoteFinding: happy([], hugo, 'promoteFinding', story.promotion()),
  addMessage: happy(story.ACCEPTED, hugo, 'addMessage', {
    snapshot: story.MESSAGE,
    secrets: [],
    message_key: 'slack:T1:C1:2.2',
  }),
  recordDrift: happy(story.ACCEPTED, worker, 'recordDrift', DRIFT),
  recordCard: happy(story.ACCEPTED, worker, 'recordCard', {
    platform: 'slack',
    channel: 'C1',
    message_id: '1.2',
  }),
  attachEvidence: happy(story.ACCEPTED, hugo, 'attachEvidence', FILE),
  retitleCase: happy(story.ACCEPTED, ada, 'retitleCase', { title: 'Another title' }),
  setSeverity: happy(story.ACCEPTED, ada, 'setSeverity', { severity: 'high', reason }),
  raiseTrust: happy(story.ACCEPTED, ada, 'raiseTrust', { reason }),
  addComment: happy(story.ACCEPTED, ada, 'addComment', { text: 'Looking.' }),
  correctEntry: happy([...story.ACCEPTED, KNOWN], ada, 'correctEntry', {
    seq: 2,
    correction: 'It was Bruno.',
  }),
  linkNhi: happy(story.ACCEPTED, ada, 'linkNhi', { nhi: 'nhi_svc-reports', reason }),
  unlinkNhi: happy(
    [...story.ACCEPTED, [ada, 'linkNhi', { nhi: 'nhi_svc-reports', reason }]],
    ada,
    'unlinkNhi',
    { nhi: 'nhi_svc-reports', reason },
  ),
  declareNoNhi: happy(story.FOUND, ada, 'declareNoNhi', { reason }),
  confirmCase: happy(story.PROMOTED, bruno, 'confirmCase', story.CONTEXT),
  dismissCase: happy(story.PROMOTED, bruno, 'dismissCase', { disposition: 'benign', reason }),
  assignCase: happy(story.CONFIRMED, bruno, 'assignCase', { assignee: 'usr_ada' }),
  acceptAssignment: happy(story.ASSIGNED, ada, 'acceptAssignment'),
  declineAssignment: happy(story.ASSIGNED, ada, 'declineAssignment', { reason }),
  escalateCase: happy([...story.ACCEPTED, { minutes: 72 * 60 }], worker, 'escalateCase', overdue),
  escalateAssignment: happy(
    [...story.ASSIGNED, { minutes: 36 * 60 }],
    worker,
    'escalateAssignment',
    unanswered,
  ),
  escalateApproval: happy([...story.PLANNED, { minutes: 4 * 60 }], worker, 'escalateApproval', awaited),
  proposeNoAction: happy(story.ACCEPTED, ada, 'proposeNoAction', { reason }),
  agreeNoAction: happy([...story.ACCEPTED, [ada, 'proposeNoAction', { reason }]], bruno, 'agreeNoAction'),
  requestException: happy(story.ACCEPTED, ada, 'requestException', {
    nhi: null,
    reason,
    owner: 'usr_dev',
    until: story.UNTIL,
  }),
  grantException: happy(story.TOLERATED, chiara, 'grantException', story.excepted),
  refuseException: happy(story.TOLERATED, chiara, 'refuseException', (world) => ({
    ...story.excepted(world),
    reason,
  })),
  expireException: happy(
    [...story.EXCEPTED, { minutes: 60 * 24 * 31 }],
    worker,
    'expireException',
    story.excepted,
  ),
  advanceCase: happy(story.EXECUTED, ada, 'advanceCase', { to: 'verify' }),
  returnCase: happy(story.EXECUTED, ada, 'returnCase', { to: 'confirm', reason }),
  closeCase: happy(story.VERIFIED, ada, 'closeCase', { disposition: 'remediated', summary: 'Rotated.' }),
  reopenCase: happy(story.CLOSED, ada, 'reopenCase', { to: 'act', reason }),
  exportCase: happy(story.CLOSED, esther, 'exportCase', { purpose: 'The yearly audit' }),
  proposeAction: happy(story.ACCEPTED, ada, 'proposeAction', story.ROTATION),
  amendAction: happy(story.PLANNED, ada, 'amendAction', (world) => ({ ...story.about(world), ...AMENDED })),
  withdrawAction: happy(story.PLANNED, ada, 'withdrawAction', (world) => ({ ...story.about(world), reason })),
  approveAction: happy(story.PLANNED, chiara, 'approveAction', saying('approve')),
  refuseAction: happy(story.PLANNED, chiara, 'refuseAction', saying('refuse')),
  startExecution: happy(story.APPROVED, ada, 'startExecution', story.about),
  issueWarrant: happy(story.STARTED, executor, 'issueWarrant', story.warranted()),
  redeemWarrant: happy(story.WARRANTED, executor, 'redeemWarrant', story.redeemed),
  revokeWarrant: happy(story.WARRANTED, worker, 'revokeWarrant', (world) => ({
    ...story.redeemed(world),
    reason,
  })),
  reportExecution: happy(story.REDEEMED, executor, 'reportExecution', story.reported('succeeded')),
  invokeBreakGlass: happy([...story.PLANNED, holdingKey('usr_ada')], ada, 'invokeBreakGlass', breaking),
  reviewBreakGlass: happy(BROKEN, chiara, 'reviewBreakGlass', reviewed('justified')),
  expireBreakGlass: happy([...BROKEN, { minutes: 60 }], worker, 'expireBreakGlass', story.about),
  settleExecution: happy(story.LOST, grace, 'settleExecution', story.settled('succeeded')),
  requestProbe: happy(story.EXECUTED, grace, 'requestProbe', story.about),
  reportProbe: happy(
    [...story.EXECUTED, [grace, 'requestProbe', story.about]],
    executor,
    'reportProbe',
    story.probed,
  ),
  recordVerification: happy(story.TO_VERIFY, grace, 'recordVerification', story.judged('passed')),
  recordPlan: happy(story.PROPOSED, executor, 'recordPlan', story.planned),
  reportPlanFailure: happy(story.PROPOSED, executor, 'reportPlanFailure', (world) => ({
    ...story.about(world),
    revision: 1,
    reason,
  })),
  ...erasureHappy,
  expireAction: happy([...story.PLANNED, { minutes: 60 * 9 }], worker, 'expireAction', story.about),
}

function happy(steps: readonly Step[], ...when: Asked): Happy {
  return { given: steps, when }
}
