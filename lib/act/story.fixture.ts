import type { CaseCommand } from '../case/command'
import { requestIn, type Step, saying, type World } from './given.fixture'
import { ada, bruno, CONNECTOR, chiara, executor, FINGERPRINT, grace, hugo } from './people.fixture'

// The story that every test starts from: Hugo pastes svc_orders' password into chat, and it is rotated.

export type Promotion = Extract<CaseCommand, { command: 'promoteFinding' }>['input']

export const MESSAGE: NonNullable<Promotion['snapshot']> = {
  ...{
    platform: 'slack',
    permalink: 'https://halden.slack.example/archives/C1/p1',
    team: 'T1',
    channel: 'C1',
  },
  ...{ channel_name: 'orders', thread: null, completeness: 'complete', completeness_reason: null },
  ...{
    trust: 'platform-verified',
    verified: 'slack-v0-hmac',
    received_at: '2026-03-02T07:59:00.000Z',
    raw_sha256: null,
  },
  messages: [
    {
      ...{ author: 'Hugo', author_id: 'U1', author_flags: [], said_at: null, message_id: '1.1' },
      text: 'password: ••••',
    },
  ],
}

export const SECRET = { label: 'message 1', kind: 'password', fingerprint: FINGERPRINT }

export function promotion(changes: Partial<Promotion> = {}): Promotion {
  return {
    ...{ title: 'Password of svc_orders in #orders', category: 'leaked-secret', severity: 'medium' },
    ...{
      snapshot: MESSAGE,
      secrets: [SECRET],
      reporter_name: 'Hugo Brandt',
      message_key: 'slack:T1:C1:1.1',
      note: null,
    },
    ...changes,
  }
}

export const CONTEXT = {
  criticality: 'high',
  privilege: 'high',
  exposure: 'internal',
  note: 'It still works.',
}
export const ROTATION = {
  kind: 'postgres.rotate-password',
  nhi: 'nhi_svc-orders',
  purpose: 'The password has leaked.',
}
export const PLAN = {
  changes: ['svc_orders gets another password'],
  undo: 'none',
  reversible: true,
  warnings: [],
  facts: {},
}
const SEEN = {
  ...{ bytes: 1, media_type: 'text/plain', name: 'log.txt', kind: 'file', source: 'server log' },
  ...{ tool: null, trust: 'reported' },
}
export const JTI = `wrt_${'1'.repeat(32)}`
export const DIGEST = 'd'.repeat(64)

/** Nothing but a message: no identity, no severity. */
export const FOUND: Step[] = [
  [hugo, 'promoteFinding', promotion({ severity: null, secrets: [], category: 'other' })],
]
export const PROMOTED: Step[] = [[hugo, 'promoteFinding', promotion()]]
export const CONFIRMED: Step[] = [...PROMOTED, [bruno, 'confirmCase', CONTEXT]]
export const ASSIGNED: Step[] = [...CONFIRMED, [bruno, 'assignCase', { assignee: 'usr_ada' }]]
export const ACCEPTED: Step[] = [...ASSIGNED, [ada, 'acceptAssignment']]
export const PROPOSED: Step[] = [...ACCEPTED, [ada, 'proposeAction', ROTATION]]
export const PLANNED: Step[] = [...PROPOSED, [executor, 'recordPlan', planned]]
export const APPROVED: Step[] = [...PLANNED, [chiara, 'approveAction', saying('approve')]]
export const STARTED: Step[] = [...APPROVED, [ada, 'startExecution', about]]
export const WARRANTED: Step[] = [...STARTED, [executor, 'issueWarrant', warranted()]]
export const REDEEMED: Step[] = [...WARRANTED, [executor, 'redeemWarrant', redeemed]]
export const EXECUTED: Step[] = [...REDEEMED, [executor, 'reportExecution', reported('succeeded')]]
/** The executor never reported: a person looked, and shows what they saw. */
export const LOST: Step[] = [
  ...REDEEMED,
  { minutes: 15 },
  [grace, 'attachEvidence', { ...SEEN, sha256: DIGEST }],
]
export const TO_VERIFY: Step[] = [...EXECUTED, [ada, 'advanceCase', { to: 'verify' }]]
export const VERIFIED: Step[] = [...TO_VERIFY, [grace, 'recordVerification', judged('passed')]]
export const CLOSED: Step[] = [
  ...VERIFIED,
  [ada, 'closeCase', { disposition: 'remediated', summary: 'Rotated.' }],
]

export const UNTIL = '2026-04-01T00:00:00.000Z'
export const TOLERATED: Step[] = [
  ...ACCEPTED,
  [
    ada,
    'requestException',
    { nhi: 'nhi_svc-orders', reason: 'Until the release.', owner: 'usr_dev', until: UNTIL },
  ],
]
export const EXCEPTED: Step[] = [...TOLERATED, [chiara, 'grantException', excepted]]

export function excepted({ state }: World) {
  return { exception: state.exceptions.at(-1)?.id }
}

export function about({ state }: World) {
  return { request: requestIn(state).id }
}

export function planned({ state }: World) {
  const { id, revision } = requestIn(state)
  return { request: id, revision, plan: PLAN }
}

export function warranted(changes: object = {}) {
  return ({ state, now }: World) => {
    const { id, digest } = requestIn(state)
    const expires_at = new Date(Date.parse(now) + 120_000).toISOString()
    return {
      request: id,
      jti: JTI,
      audience: CONNECTOR,
      warrant_sha256: DIGEST,
      action_digest: digest,
      expires_at,
      ...changes,
    }
  }
}

export function redeemed({ state }: World) {
  const { id, warrant } = requestIn(state)
  return { request: id, jti: warrant?.jti ?? JTI }
}

export function reported(outcome: 'succeeded' | 'failed' | 'unknown') {
  return (world: World) => ({
    ...redeemed(world),
    ...{
      outcome,
      summary: `It ${outcome}.`,
      result_sha256: DIGEST,
      result_bytes: 10,
      started_at: world.now,
      finished_at: world.now,
    },
  })
}

export function probed(world: World) {
  return {
    ...about(world),
    outcome: 'effective',
    summary: 'The old password fails.',
    result_sha256: 'a'.repeat(64),
    result_bytes: 10,
  }
}

export function settled(outcome: 'succeeded' | 'failed') {
  return (world: World) => ({ ...about(world), outcome, evidence: [DIGEST], note: 'Seen in the log.' })
}

export function judged(outcome: 'passed' | 'failed', changes: object = {}) {
  return (world: World) => ({ ...about(world), outcome, evidence: [DIGEST], ...changes })
}
