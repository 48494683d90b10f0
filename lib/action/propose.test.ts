import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying } from '../act/given.fixture'
import {
  ada,
  alertbot,
  as,
  assistant,
  bruno,
  chiara,
  executor,
  grace,
  ivo,
  withMember,
  withNhi,
  worker,
} from '../act/people.fixture'
import {
  ACCEPTED,
  APPROVED,
  about,
  PLANNED,
  PROPOSED,
  planned,
  REDEEMED,
  ROTATION,
  STARTED,
  WARRANTED,
} from '../act/story.fixture'
import { actionDigest } from '../record/approval'

const reason = 'Because.'
const link = (id: string): Step => [ada, 'linkNhi', { nhi: id, reason }]
const amendment =
  (changes: object = {}) =>
  (world: Parameters<typeof about>[0]) => ({ ...about(world), ...ROTATION, reason, ...changes })

describe('a proposal', () => {
  it('is one exact change with its digest, its executor and who must approve it', () => {
    const request = requestIn(given(...PROPOSED).state)
    expect(request).toMatchObject({
      revision: 1,
      phase: 'planning',
      requester: 'usr_ada',
      executor_owner: 'usr_ivo',
      target_owner: 'usr_dev',
    })
    expect(request.quorum).toEqual({ tier: 'medium', approvals: 1, owner: false, assurance: 'fresh' })
    expect(request.digest).toBe(actionDigest(request.action))
    expect(request.expires_at).toBe('2026-03-02T16:00:00.000Z')
  })

  it.each([
    ['nhi_svc-orders', 'medium', 8],
    ['nhi_orders-admin', 'high', 4],
    ['nhi_orders-root', 'critical', 1],
  ])('on %s is of %s risk, and good for %i hours', (target, tier, hours) => {
    const steps: Step[] = target === 'nhi_svc-orders' ? ACCEPTED : [...ACCEPTED, link(target)]
    const request = requestIn(given(...steps, [ada, 'proposeAction', { ...ROTATION, nhi: target }]).state)
    expect(request.quorum.tier).toBe(tier)
    expect(Date.parse(request.expires_at) - Date.parse(request.requested_at)).toBe(hours * 3_600_000)
  })

  it('C46: is about an identity of this case, with parameters that its kind takes', () => {
    const case_ = given(...ACCEPTED)
    expect(case_.when(ada, 'proposeAction', { ...ROTATION, nhi: 'nhi_svc-reports' }).gives).toBe('gate')
    expect(case_.when(ada, 'proposeAction', { ...ROTATION, nhi: 'nhi_unknown' }).gives).toBe('not_found')
    expect(case_.when(ada, 'proposeAction', { ...ROTATION, params: { group: 'admins' } }).gives).toBe(
      'invalid',
    )
    expect(() => case_.when(ada, 'proposeAction', { ...ROTATION, purpose: 'no' })).toThrow('at least 10')
    expect(() => case_.when(ada, 'proposeAction', { ...ROTATION, params: { x: 0.5 } })).toThrow()
    expect(() => case_.when(ada, 'proposeAction', { ...ROTATION, approved_by: 'usr_chiara' })).toThrow(
      'Unrecognized',
    )
  })

  it('C56: goes through the connector of the target’s own system and environment, or not at all', () => {
    const staging: Step = { facts: (facts) => withNhi(facts, 'nhi_svc-orders', { environment: 'staging' }) }
    expect(given(...ACCEPTED, staging).when(ada, 'proposeAction', ROTATION).gives).toBe('unsupported')
    const elsewhere: Step = { facts: (facts) => withNhi(facts, 'nhi_svc-orders', { system: 'billing' }) }
    expect(given(...ACCEPTED, elsewhere).when(ada, 'proposeAction', ROTATION).gives).toBe('unsupported')
  })

  it('is not carried out before its time, and not meant to run after its end', () => {
    const late = given(...ACCEPTED).when(ada, 'proposeAction', {
      ...ROTATION,
      not_before: '2026-03-02T16:00:00.000Z',
    })
    expect(late.gives).toBe('invalid')
    const later: Step = [ada, 'proposeAction', { ...ROTATION, not_before: '2026-03-02T09:00:00.000Z' }]
    const approved: Step[] = [
      ...ACCEPTED,
      later,
      [executor, 'recordPlan', planned],
      [chiara, 'approveAction', saying('approve')],
    ]
    expect(given(...approved).when(ada, 'startExecution', about).gives).toBe('stale')
    expect(given(...approved, { minutes: 60 }).when(ada, 'startExecution', about).gives).toEqual([
      'execution.started',
    ])
  })

  it('C47: needs an executor that is enabled and whose owner is a member', () => {
    const broken: Step[] = [
      { facts: (facts) => withNhi(facts, executor.id, { disabled: true }) },
      { facts: (facts) => withNhi(facts, executor.id, { owner: null }) },
      { facts: (facts) => withMember(facts, 'usr_ivo', { active: false }) },
    ]
    for (const step of broken)
      expect(given(...ACCEPTED, step).when(ada, 'proposeAction', ROTATION).gives).toBe('gate')
  })

  it('C02: is not made by the owner of the executor that would carry it out, nor for them', () => {
    const analyst = as(ivo, 'analyst')
    const owned: Step = { facts: (facts) => withNhi(facts, executor.id, { owner: 'usr_ada' }) }
    expect(given(...ACCEPTED).when(analyst, 'proposeAction', ROTATION).gives).toBe('separation_of_duties')
    expect(
      given(...ACCEPTED).when({ ...assistant, onBehalfOf: 'usr_ivo' }, 'proposeAction', ROTATION).gives,
    ).toBe('separation_of_duties')
    expect(given(...ACCEPTED).when(executor, 'proposeAction', ROTATION).gives).toBe('separation_of_duties')
    expect(given(...ACCEPTED, owned).when(assistant, 'proposeAction', ROTATION).gives).toBe(
      'separation_of_duties',
    )
    expect(
      given(...ACCEPTED, owned).when({ ...assistant, onBehalfOf: 'usr_bruno' }, 'proposeAction', ROTATION)
        .gives,
    ).toBe('separation_of_duties')
  })

  it('C44: of an agent is marked as one, and its owner answers for it', () => {
    const request = requestIn(given(...ACCEPTED, [assistant, 'proposeAction', ROTATION]).state)
    expect(request).toMatchObject({
      proposed_by_agent: true,
      requester: assistant.id,
      requester_accountable: 'usr_ada',
    })
    expect(requestIn(given(...PROPOSED).state).proposed_by_agent).toBe(false)
  })

  it('that undoes another names one of this case', () => {
    expect(given(...PROPOSED).when(ada, 'proposeAction', { ...ROTATION, reverts: 'req_unknown' }).gives).toBe(
      'not_found',
    )
    const id = requestIn(given(...PROPOSED).state).id
    expect(
      given(...PROPOSED, [ada, 'proposeAction', { ...ROTATION, reverts: id }]).state.requests[1]?.action
        .reverts,
    ).toBe(id)
  })
})

describe('the end of a request', () => {
  const withdrawal = (world: Parameters<typeof about>[0]) => ({ ...about(world), reason })

  it('is its requester’s or the assignee’s to choose, while no warrant could still be redeemed', () => {
    const others: Step[] = [...ACCEPTED, [bruno, 'proposeAction', ROTATION]]
    for (const actor of [bruno, ada])
      expect(given(...others).when(actor, 'withdrawAction', withdrawal).gives).toEqual(['action.withdrawn'])
    for (const actor of [grace, alertbot, chiara])
      expect(given(...others).when(actor, 'withdrawAction', withdrawal).gives).toBe('forbidden')
    expect(given(...STARTED).when(ada, 'withdrawAction', withdrawal).gives).toEqual(['action.withdrawn'])
    expect(given(...WARRANTED).when(ada, 'withdrawAction', withdrawal).gives).toBe('stale')
    expect(given(...WARRANTED, { minutes: 3 }).when(ada, 'withdrawAction', withdrawal).gives).toEqual([
      'action.withdrawn',
    ])
    expect(given(...REDEEMED, { minutes: 3 }).when(ada, 'withdrawAction', withdrawal).gives).toBe('stale')
  })

  it('C06: comes by itself when its time is over, not before', () => {
    const late: Step = { minutes: 8 * 60 }
    for (const steps of [PROPOSED, PLANNED, APPROVED, STARTED]) {
      expect(given(...steps).when(worker, 'expireAction', about).gives).toBe('conflict')
      expect(given(...steps, late).when(worker, 'expireAction', about).gives).toEqual(['action.expired'])
    }
    expect(given(...REDEEMED, late).when(worker, 'expireAction', about).gives).toBe('stale')
  })

  it('leaves nothing to be done with it', () => {
    const ended: Step[] = [...PLANNED, [ada, 'withdrawAction', withdrawal]]
    expect(given(...ended).when(chiara, 'approveAction', saying('approve')).gives).toBe('stale')
    expect(given(...ended).when(ada, 'startExecution', about).gives).toBe('gate')
    expect(given(...ended).when(ada, 'amendAction', amendment()).gives).toBe('stale')
  })
})
