import { describe, expect, it } from 'vitest'
import { type Crime, codes, ordinarily, tell, verdictOn as verify } from '../story.test-support'
import { CASE, record, type World } from '../world.test-support'
import { approve, breakGlass, issue } from '../world-acts.test-support'

const redeem = ordinarily('redeemed')

// Everything is signed and logged and witnessed as it should be: what is wrong is what was done.
const crimes: Crime[] = [
  [
    'C51: a warrant was redeemed twice',
    {
      redeemed: (w) => {
        redeem(w)
        redeem(w)
      },
    },
    ['warrant.redeemed_twice'],
  ],
  [
    'C51: a warrant was issued twice',
    {
      issued: (w) => {
        ordinarily('issued')(w)
        ordinarily('issued')(w)
      },
    },
    ['warrant.altered', 'warrant.issued_twice'],
  ],
  [
    'C51: a warrant was used twice',
    {
      executed: (w) => {
        ordinarily('executed')(w)
        ordinarily('executed')(w)
      },
    },
    ['action.executed_twice'],
  ],
  [
    'C50: a warrant lived too long',
    { issued: (w) => issue(w, { exp: Math.floor(w.clock / 1000) + 3600 }) },
    ['warrant.mismatch'],
  ],
  [
    'C50: a warrant was redeemed too late',
    {
      redeemed: (w) => {
        w.clock += 200_000
        redeem(w)
      },
    },
    ['warrant.redeemed_out_of_time'],
  ],
  [
    'C54: a warrant was redeemed after it was revoked',
    {
      redeemed: (w) => {
        record(w, CASE, 'usr_alice', 'warrant.revoked', { jti: 'wrt_1' })
        redeem(w)
      },
    },
    ['warrant.redeemed_after_revocation'],
  ],
  ['a warrant was redeemed but never issued', { issued: null }, ['warrant.not_issued']],
  ['an action ran without a warrant', { redeemed: null }, ['action.without_warrant']],
  [
    'a warrant is for another action',
    {
      issued: (w) =>
        issue(w, {
          authorization_details: [
            {
              type: 'onrecord_action',
              actions: ['x'],
              locations: ['x'],
              identifier: 'x',
              action_digest: 'sha256:00',
            },
          ],
        }),
    },
    ['warrant.mismatch'],
  ],
  [
    'a warrant names an approval that never was',
    { issued: (w) => issue(w, { approvals: [{ id: 'apr_x', sub: 'usr_x' }] }) },
    ['warrant.mismatch'],
  ],
  ['a warrant is for another case', { issued: (w) => issue(w, { case: 'case_2' }) }, ['warrant.mismatch']],
  [
    'a warrant is for another executor',
    { issued: (w) => issue(w, { act: { sub: 'nhi_other' } }) },
    ['warrant.mismatch'],
  ],
  ["the warrants' key was never published", { 'warrant key': null }, ['warrant.key_not_published']],
  [
    "the warrants' key was published later",
    {
      'warrant key': null,
      redeemed: (w) => {
        ordinarily('warrant key')(w)
        redeem(w)
      },
    },
    ['warrant.key_not_published'],
  ],
  [
    'another warrant was issued than is on record',
    { issued: (w) => issue(w, {}, { warrant_sha256: '0'.repeat(64) }) },
    ['warrant.altered'],
  ],
]

describe('a case in which warrants are wrong', () => {
  it.each(crimes)('%s', async (_, telling, expected) => {
    const report = await verify(tell(telling))
    expect(codes(report)).toEqual([...expected].sort())
    expect(report.verified).toBe(false)
  })

  it('names the event', async () => {
    const { findings } = await verify(
      tell({
        redeemed: (w) => {
          redeem(w)
          redeem(w)
        },
      }),
    )
    const twice = findings.find(({ code }) => code === 'warrant.redeemed_twice')
    expect(twice?.where).toEqual({ file: 'data/events.ndjson', line: 8, case: CASE, seq: 7 })
  })

  it('C20: tells an emergency from an omission', async () => {
    const emergency = (w: World) => breakGlass(w, { approver: 'usr_dana' })
    const report = await verify(
      tell({ 'bob approves': null, 'dana approves': emergency, issued: (w) => issue(w, { approvals: [] }) }),
    )
    expect(codes(report)).toEqual([])
    expect(codes(report, 'note')).toContain('warrant.break_glass')
  })

  it('shows a weaker approval as weaker', async () => {
    const report = await verify(
      tell({ 'bob approves': (w) => approve(w, { approver: 'usr_bob', method: 'fresh-sign-in' }) }),
    )
    expect(report.verified).toBe(true)
    expect(codes(report, 'note')).toContain('approval.weaker_method')
  })
})
