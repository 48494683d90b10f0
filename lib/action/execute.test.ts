import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying, type World } from '../act/given.fixture'
import { ada, bruno, CONNECTOR, chiara, executor, withNhi } from '../act/people.fixture'
import {
  APPROVED,
  about,
  EXECUTED,
  PLANNED,
  PROPOSED,
  planned,
  REDEEMED,
  redeemed,
  reported,
  STARTED,
  WARRANTED,
  warranted,
} from '../act/story.fixture'

const phaseOf = ({ state }: { state: World['state'] }) => requestIn(state).phase

describe('starting', () => {
  it('needs every approval first, and happens once', () => {
    for (const steps of [PROPOSED, PLANNED]) {
      const { gives, refusal } = given(...steps).when(ada, 'startExecution', about)
      expect([gives, refusal?.missing?.[0]?.command]).toEqual(['gate', 'approveAction'])
    }
    expect(phaseOf(given(...APPROVED).when(bruno, 'startExecution', about))).toBe('started')
    expect(given(...STARTED).when(ada, 'startExecution', about).gives).toBe('gate')
  })

  it('C01: is not what an approval does by itself', () => {
    expect(given(...APPROVED).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
  })
})

describe('the receipt', () => {
  it('becomes evidence, collected by the executor', () => {
    const { gives, state } = given(...REDEEMED).when(executor, 'reportExecution', reported('succeeded'))
    expect(gives).toEqual(['evidence.attached', 'action.executed'])
    expect(state.evidence).toMatchObject([{ kind: 'receipt', collected_by: executor.id, source: CONNECTOR }])
    expect(requestIn(state)).toMatchObject({ phase: 'executed', result: { outcome: 'succeeded' } })
  })

  it('comes once, for the warrant that was redeemed', () => {
    const wrong = (world: World) => ({ ...reported('succeeded')(world), jti: `wrt_${'2'.repeat(32)}` })
    expect(given(...REDEEMED).when(executor, 'reportExecution', wrong).gives).toBe('stale')
    expect(given(...WARRANTED).when(executor, 'reportExecution', reported('succeeded')).gives).toBe('stale')
    expect(given(...EXECUTED).when(executor, 'reportExecution', reported('failed')).gives).toBe('stale')
  })

  it('is taken even when the executor was disabled or the case has moved meanwhile: it happened', () => {
    const moved: Step[] = [
      ...REDEEMED,
      { facts: (facts) => withNhi(facts, executor.id, { disabled: true }) },
      [ada, 'declineAssignment', { reason: 'Ill.' }],
    ]
    expect(given(...moved).when(executor, 'reportExecution', reported('succeeded')).gives).toEqual([
      'evidence.attached',
      'action.executed',
    ])
  })

  it('C63: of an unknown outcome holds the case until it is reconciled, and nothing is tried again', () => {
    const unknown: Step[] = [...REDEEMED, [executor, 'reportExecution', reported('unknown')]]
    expect(phaseOf(given(...unknown))).toBe('unknown')
    expect(given(...unknown).when(ada, 'advanceCase', { to: 'verify' }).gives).toBe('gate')
    expect(given(...unknown).when(ada, 'startExecution', about).gives).toBe('gate')
    expect(given(...unknown).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
    expect(given(...unknown).when(executor, 'redeemWarrant', redeemed).gives).toBe('stale')
    expect(given(...unknown).when(executor, 'reportExecution', reported('unknown')).gives).toBe('stale')
    const later = (outcome: 'succeeded' | 'failed') => (world: World) => ({
      ...reported(outcome)(world),
      result_sha256: '9'.repeat(64),
    })
    expect(phaseOf(given(...unknown).when(executor, 'reportExecution', later('succeeded')))).toBe('executed')
    expect(phaseOf(given(...unknown).when(executor, 'reportExecution', later('failed')))).toBe('failed')
  })

  it('of a failure settles the action, and another one may follow', () => {
    const failed: Step[] = [...REDEEMED, [executor, 'reportExecution', reported('failed')]]
    expect(given(...failed).when(ada, 'advanceCase', { to: 'verify' }).refusal?.missing?.[0]?.name).toBe(
      'action',
    )
    expect(given(...failed).when(ada, 'startExecution', about).gives).toBe('gate')
  })
})

describe('the plan', () => {
  it('is its executor’s, for the revision that waits for it; after a failure it can be made again', () => {
    const failed: Step = [
      executor,
      'reportPlanFailure',
      (world) => ({ ...about(world), revision: 1, reason: 'No connection.' }),
    ]
    expect(given(...PROPOSED).when(ada, 'recordPlan', planned).gives).toBe('separation_of_duties')
    expect(
      given(...PROPOSED).when(executor, 'recordPlan', (world) => ({ ...planned(world), revision: 2 })).gives,
    ).toBe('stale')
    expect(given(...PLANNED).when(executor, 'recordPlan', planned).gives).toBe('stale')
    expect(given(...PROPOSED, failed).when(chiara, 'approveAction', saying('approve')).gives).toBe('stale')
    expect(phaseOf(given(...PROPOSED, failed).when(executor, 'recordPlan', planned))).toBe(
      'awaiting-approval',
    )
  })
})
