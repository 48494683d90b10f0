import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, type World } from '../act/given.fixture'
import { ada, as, CONNECTOR, chiara, executor, grace } from '../act/people.fixture'
import {
  EXECUTED,
  JTI,
  REDEEMED,
  redeemed,
  reported,
  STARTED,
  WARRANTED,
  warranted,
} from '../act/story.fixture'

const other = { ...executor, id: 'nhi_executor-other' }
const phaseOf = ({ state }: { state: World['state'] }) => requestIn(state).phase

describe('a warrant', () => {
  it('is for this action’s executor alone', () => {
    for (const actor of [ada, chiara, other, as(grace, 'admin')]) {
      expect(given(...STARTED).when(actor, 'issueWarrant', warranted()).gives).toBe('separation_of_duties')
      expect(given(...WARRANTED).when(actor, 'redeemWarrant', redeemed).gives).toBe('separation_of_duties')
      expect(given(...REDEEMED).when(actor, 'reportExecution', reported('succeeded')).gives).toBe(
        'separation_of_duties',
      )
    }
  })

  it('waits until the approvals are sealed in the log', () => {
    const { world } = given(...STARTED)
    const approval = world.kept.findIndex(({ event }) => event.type === 'approval.recorded')
    const sealed = (size: number): Step => ({ facts: (facts) => ({ ...facts, sealed: size }) })
    expect(given(...STARTED, sealed(approval)).when(executor, 'issueWarrant', warranted()).gives).toBe(
      'not_sealed',
    )
    expect(given(...STARTED, sealed(approval + 1)).when(executor, 'issueWarrant', warranted()).gives).toEqual(
      ['warrant.issued'],
    )
  })

  it.each([
    ['C05: another digest', { action_digest: `sha256:${'0'.repeat(64)}` }, 'stale'],
    ['C56: another connector', { audience: `${CONNECTOR}-staging` }, 'stale'],
    ['C50: more than five minutes', { expires_at: '2026-03-02T08:05:00.001Z' }, 'invalid'],
    ['C50: a time that is over', { expires_at: '2026-03-02T08:00:00.000Z' }, 'invalid'],
  ])('is not issued for %s', (_, changes, expected) => {
    expect(given(...STARTED).when(executor, 'issueWarrant', warranted(changes)).gives).toBe(expected)
  })

  it('C51: is redeemed once, whoever asks and however often', () => {
    expect(phaseOf(given(...WARRANTED).when(executor, 'redeemWarrant', redeemed))).toBe('running')
    for (const steps of [REDEEMED, EXECUTED]) {
      expect(given(...steps).when(executor, 'redeemWarrant', redeemed).gives).toBe('stale')
      expect(
        given(...steps, { minutes: 5 }).when(
          executor,
          'issueWarrant',
          warranted({ jti: `wrt_${'2'.repeat(32)}` }),
        ).gives,
      ).toBe('stale')
    }
    const another = (world: World) => ({ ...redeemed(world), jti: `wrt_${'2'.repeat(32)}` })
    expect(given(...WARRANTED).when(executor, 'redeemWarrant', another).gives).toBe('stale')
  })

  it('that was not used in time is revoked by the next, and never works again', () => {
    expect(given(...WARRANTED, { minutes: 2 }).when(executor, 'redeemWarrant', redeemed).gives).toBe('stale')
    expect(given(...WARRANTED).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
    const next = warranted({ jti: `wrt_${'2'.repeat(32)}` })
    expect(given(...WARRANTED, { minutes: 2 }).when(executor, 'issueWarrant', next).gives).toEqual([
      'warrant.revoked',
      'warrant.issued',
    ])
    const replaced: Step[] = [...WARRANTED, { minutes: 2 }, [executor, 'issueWarrant', next]]
    expect(
      given(...replaced).when(executor, 'redeemWarrant', (world) => ({ ...redeemed(world), jti: JTI })).gives,
    ).toBe('stale')
    expect(given(...replaced).when(executor, 'redeemWarrant', redeemed).gives).toEqual(['warrant.redeemed'])
  })

  it('C54: dies when the case moves', () => {
    const declined: Step[] = [...WARRANTED, [ada, 'declineAssignment', { reason: 'On holiday.' }]]
    expect(given(...declined).when(executor, 'redeemWarrant', redeemed).gives).toBe('wrong_stage')
    expect(given(...declined).when(executor, 'issueWarrant', warranted()).gives).toBe('wrong_stage')
  })
})
