import { describe, expect, it } from 'vitest'
import { type Crime, codes, revokedFirst, tell, verdictOn as verify } from '../story.test-support'
import { ACTION, approve, enrol, issue, request } from '../world-acts.test-support'

const QUORUM = 'warrant.quorum_not_met'

// Everything is signed and logged and witnessed as it should be: what is wrong is what was done.
const crimes: Crime[] = [
  [
    'C08: a passkey was needed and not used',
    {
      requested: (w) => request(w, { quorum: { approvals: 1, owner: true, assurance: 'passkey' } }),
      'bob approves': (w) => approve(w, { approver: 'usr_bob', method: 'session' }),
    },
    ['approval.too_weak', QUORUM],
  ],
  [
    'C08: nobody vouched for the sign-in, as somebody had to',
    {
      requested: (w) => request(w, { quorum: { approvals: 2, owner: false, assurance: 'vouched' } }),
      'bob approves': (w) => approve(w, { approver: 'usr_bob', method: 'fresh-sign-in' }),
    },
    ['approval.too_weak', QUORUM],
  ],
  [
    'C02: the requester approved',
    {
      requested: (w) => request(w, { requester: 'usr_bob' }),
      'bob approves': (w) => approve(w, { approver: 'usr_bob', statement: { requester: 'usr_bob' } }),
      'dana approves': (w) => approve(w, { approver: 'usr_dana', statement: { requester: 'usr_bob' } }),
      issued: (w) => issue(w, { sub: 'usr_bob' }),
    },
    ['approval.by_requester', QUORUM],
  ],
  [
    "C02: the executor's owner approved",
    {
      'bob approves': (w) => approve(w, { approver: 'usr_erin' }),
      issued: (w) =>
        issue(w, {
          approvals: [
            { id: 'apr_usr_erin', sub: 'usr_erin' },
            { id: 'apr_usr_dana', sub: 'usr_dana' },
          ],
        }),
    },
    ['approval.by_executor_owner', QUORUM],
  ],
  [
    'C04: one person approved twice',
    {
      'dana approves': (w) => {
        enrol(w, 'usr_bob', 'cred_second')
        approve(w, { approver: 'usr_bob', id: 'apr_second', credential: 'cred_second' })
      },
      issued: (w) =>
        issue(w, {
          approvals: [
            { id: 'apr_usr_bob', sub: 'usr_bob' },
            { id: 'apr_second', sub: 'usr_bob' },
          ],
        }),
    },
    [QUORUM],
  ],
  [
    'C05: the action was amended after the approvals',
    {
      issued: (w) => {
        request(w, { revision: 2, action: { ...ACTION, target: 'root' } })
        issue(w)
      },
    },
    ['warrant.mismatch', QUORUM],
  ],
  [
    'C05: what was approved is another action',
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', action: { ...ACTION, target: 'root' } }) },
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    "C05: the action's digest is another action's",
    { requested: (w) => request(w, { actionDigest: `sha256:${'0'.repeat(64)}` }) },
    ['action.digest_mismatch', 'approval.statement_mismatch', 'warrant.mismatch', QUORUM],
  ],
  [
    'C06: the statement had expired',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', statement: { exp: '2026-03-02T08:00:01.000Z' } }),
    },
    ['approval.out_of_time', QUORUM],
  ],
  [
    'C06: the statement is from the future',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', statement: { iat: '2026-03-02T09:00:00.000Z' } }),
    },
    ['approval.out_of_time', QUORUM],
  ],
  [
    'the approver saw another case',
    {
      'bob approves': (w) =>
        approve(w, { approver: 'usr_bob', head: w.log.find((e) => e.case === 'case_2')?.body ?? '' }),
    },
    ['approval.head_unknown', QUORUM],
  ],
  [
    'C10: the key was enrolled later',
    {
      'bob enrols': null,
      'bob approves': (w) => {
        const early = { ...w, log: [...w.log] }
        enrol(early, 'usr_bob')
        approve(w, { approver: 'usr_bob' })
        const { clock } = w
        w.log.push(...early.log.slice(-1))
        w.clock = clock
      },
    },
    ['approval.key_enrolled_later', QUORUM],
  ],
  ['C10: the key had been revoked', { requested: revokedFirst }, ['approval.key_revoked', QUORUM]],
  [
    "C10: the key is another person's",
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', credential: 'cred_usr_erin' }) },
    ['approval.key_of_another', QUORUM],
  ],
  [
    'C10: the key was never enrolled',
    {
      'bob enrols': (w) => {
        enrol({ ...w, log: [] }, 'usr_bob')
      },
    },
    ['approval.key_not_enrolled', QUORUM],
  ],
  [
    'C09: the approver was not verified',
    { 'bob approves': (w) => approve(w, { approver: 'usr_bob', flags: 1 }) },
    ['approval.user_not_verified', QUORUM],
  ],
  [
    'C09: the passkey was used on another origin',
    {
      'bob approves': (w) => approve(w, { approver: 'usr_bob', statement: { aud: 'https://evil.example' } }),
    },
    ['approval.statement_mismatch', QUORUM],
  ],
  [
    'too few approved',
    {
      'dana approves': null,
      issued: (w) => issue(w, { approvals: [{ id: 'apr_usr_bob', sub: 'usr_bob' }] }),
    },
    [QUORUM],
  ],
]

describe('a case in which approvals are wrong', () => {
  it.each(crimes)('%s', async (_, telling, expected) => {
    const report = await verify(tell(telling))
    expect(codes(report)).toEqual([...expected].sort())
    expect(report.verified).toBe(false)
  })
})
