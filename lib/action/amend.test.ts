import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying } from '../act/given.fixture'
import { ada, bruno, chiara, executor, withNhi } from '../act/people.fixture'
import {
  APPROVED,
  about,
  PLANNED,
  planned,
  REDEEMED,
  ROTATION,
  STARTED,
  WARRANTED,
} from '../act/story.fixture'
import { NO_CASE } from '../case/case'
import { evolve } from '../case/evolve'
import { quorumMet } from './action'

const reason = 'Because.'
const amendment =
  (changes: object = {}) =>
  (world: Parameters<typeof about>[0]) => ({ ...about(world), ...ROTATION, reason, ...changes })

describe('C05: an amendment', () => {
  it.each([
    ['a parameter', { params: { end_sessions: true } }],
    ['the purpose', { purpose: 'The password is on the internet.' }],
    ['the kind', { kind: 'postgres.disable-login' }],
    ['its time', { not_before: '2026-03-02T09:00:00.000Z' }],
    ['nothing at all', {}],
  ])('of %s is a new revision, and voids every approval', (_, changes) => {
    const { gives, state } = given(...APPROVED).when(ada, 'amendAction', amendment(changes))
    expect(gives).toEqual(['action.amended', 'approvals.voided'])
    const request = requestIn(state)
    expect(request).toMatchObject({ revision: 2, phase: 'planning', plan: null })
    expect(request.approvals.map((approval) => approval.void)).toEqual([true])
    expect(quorumMet(request)).toBe(false)
    const amended = given(...APPROVED, [ada, 'amendAction', amendment(changes)])
    expect(amended.when(ada, 'startExecution', about).gives).toBe('gate')
  })

  it('needs the plan and the approval again, for the new digest', () => {
    const steps: Step[] = [...APPROVED, [ada, 'amendAction', amendment({ params: { end_sessions: true } })]]
    expect(given(...steps).when(chiara, 'approveAction', saying('approve')).gives).toBe('stale')
    const replanned: Step[] = [...steps, [executor, 'recordPlan', planned]]
    expect(
      given(...steps).when(executor, 'recordPlan', (world) => ({ ...planned(world), revision: 1 })).gives,
    ).toBe('stale')
    const again = given(...replanned).when(chiara, 'approveAction', saying('approve'))
    expect(requestIn(again.state).phase).toBe('approved')
  })

  it('alone voids them, without waiting for the event that says so', () => {
    const { world } = given(...APPROVED, [ada, 'amendAction', amendment()])
    const upToIt = world.kept.slice(0, -1)
    expect(upToIt.at(-1)?.event.type).toBe('action.amended')
    const state = upToIt.reduce((so, { event, meta }) => evolve(so, event, meta), NO_CASE)
    expect(quorumMet(requestIn(state))).toBe(false)
  })

  it('is for whoever proposed it, before anything is started', () => {
    expect(given(...PLANNED).when(bruno, 'amendAction', amendment()).gives).toBe('forbidden')
    for (const steps of [STARTED, WARRANTED, REDEEMED]) {
      expect(given(...steps).when(ada, 'amendAction', amendment()).gives).toBe('stale')
    }
  })

  it('judges risk and separation afresh', () => {
    const grown: Step = { facts: (facts) => withNhi(facts, 'nhi_svc-orders', { privilege: 'admin' }) }
    expect(requestIn(given(...APPROVED, grown, [ada, 'amendAction', amendment()]).state).quorum.tier).toBe(
      'high',
    )
    const mine: Step = { facts: (facts) => withNhi(facts, executor.id, { owner: 'usr_ada' }) }
    expect(given(...APPROVED, mine).when(ada, 'amendAction', amendment()).gives).toBe('separation_of_duties')
  })
})
