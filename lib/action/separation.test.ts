import { describe, expect, it } from 'vitest'
import { given, outcomeOf, requestIn, type Step, saying } from '../act/given.fixture'
import {
  ada,
  as,
  assistant,
  bruno,
  chiara,
  dev,
  executor,
  grace,
  hugo,
  ivo,
  withNhi,
} from '../act/people.fixture'
import { ACCEPTED, APPROVED, PLANNED, planned, ROTATION } from '../act/story.fixture'
import { type Approval, quorumMet, type Request } from './action'

const approve = saying('approve')
const refuse = saying('refuse')
const approver = (who: typeof ada) => as(who, 'analyst', 'approver')
const proposedBy = (who: typeof ada | typeof assistant, target = ROTATION.nhi): Step[] => [
  ...ACCEPTED,
  ...(target === ROTATION.nhi ? [] : ([[ada, 'linkNhi', { nhi: target, reason: 'It says so.' }]] as Step[])),
  [who, 'proposeAction', { ...ROTATION, nhi: target }],
  [executor, 'recordPlan', planned],
]

describe('C02: who asked, who executes and who approves are different people', () => {
  it('the requester does not decide, whatever their roles', () => {
    for (const [command, input] of [
      ['approveAction', approve],
      ['refuseAction', refuse],
    ] as const) {
      expect(given(...PLANNED).when(approver(ada), command, input).gives).toBe('separation_of_duties')
    }
  })

  it('the executor’s owner does not decide', () => {
    expect(given(...PLANNED).when(as(ivo, 'approver'), 'approveAction', approve).gives).toBe(
      'separation_of_duties',
    )
  })

  it('an agent’s proposal counts as its owner’s, and as that of whom it acts for', () => {
    expect(given(...proposedBy(assistant)).when(approver(ada), 'approveAction', approve).gives).toBe(
      'separation_of_duties',
    )
    const forBruno = given(...proposedBy({ ...assistant, onBehalfOf: 'usr_bruno' }))
    expect(forBruno.when(approver(bruno), 'approveAction', approve).gives).toBe('separation_of_duties')
    expect(forBruno.when(approver(ada), 'approveAction', approve).gives).toBe('separation_of_duties')
    expect(forBruno.when(approver(grace), 'approveAction', approve).gives).toEqual(['approval.recorded'])
  })

  it('C57: no agent or executor decides, on whose behalf ever', () => {
    for (const actor of [assistant, { ...assistant, onBehalfOf: 'usr_chiara' }, executor]) {
      expect(given(...PLANNED).when(actor, 'approveAction', approve).gives).toBe('separation_of_duties')
    }
  })

  it('somebody without the role does not approve, and the target’s owner only where the risk asks for them', () => {
    expect(given(...PLANNED).when(hugo, 'approveAction', approve).gives).toBe('forbidden')
    expect(given(...PLANNED).when(dev, 'approveAction', approve).gives).toBe('forbidden')
    expect(given(...PLANNED).when(as(dev, 'approver'), 'approveAction', approve).gives).toEqual([
      'approval.recorded',
    ])
    expect(given(...proposedBy(ada, 'nhi_orders-admin')).when(dev, 'approveAction', approve).gives).toBe(
      'assurance_required',
    )
    expect(given(...proposedBy(ada, 'nhi_orders-admin')).when(hugo, 'approveAction', approve).gives).toBe(
      'forbidden',
    )
  })

  it('the backup owner stands in for the owner', () => {
    expect(given(...proposedBy(ada, 'nhi_orders-admin')).when(grace, 'approveAction', approve).gives).toBe(
      'assurance_required',
    )
    const without: Step = { facts: (facts) => withNhi(facts, 'nhi_orders-admin', { backup_owner: null }) }
    expect(
      given(...proposedBy(ada, 'nhi_orders-admin'), without).when(grace, 'approveAction', approve).gives,
    ).toBe('forbidden')
  })
})

describe('C04: the quorum counts people', () => {
  const { state } = given(...PLANNED)
  const by = (who: string, changes: Partial<Approval> = {}): Approval => ({
    ...{
      id: `apr_${who}`,
      decision: 'approve',
      approver: who,
      as_owner: false,
      method: 'webauthn',
      at: '',
      seq: 1,
      reason: null,
      void: false,
      statement_sha256: '',
    },
    ...changes,
  })
  const met = (approvals: number, owner: boolean, ...given: Approval[]) => {
    const request: Request = {
      ...requestIn(state),
      quorum: { approvals, owner, assurance: 'passkey', tier: 'critical' },
      approvals: given,
    }
    return quorumMet(request)
  }
  const own = { as_owner: true }

  it.each<[boolean, number, boolean, Approval[]]>([
    [false, 1, false, []],
    [true, 1, false, [by('usr_chiara')]],
    [false, 1, false, [by('usr_chiara', { void: true })]],
    [false, 1, false, [by('usr_chiara', { decision: 'refuse' })]],
    [false, 2, false, [by('usr_chiara'), by('usr_chiara', { id: 'apr_other-key' })]],
    [false, 1, true, [by('usr_chiara')]],
    [false, 1, true, [by('usr_dev', own)]],
    [true, 1, true, [by('usr_chiara'), by('usr_dev', own)]],
    [false, 1, true, [by('usr_grace', own)]],
    [true, 1, true, [by('usr_chiara'), by('usr_grace', own)]],
    [false, 1, true, [by('usr_dev', own), by('usr_dev')]],
    [true, 1, true, [by('usr_grace', own), by('usr_dev')]],
    [false, 2, true, [by('usr_chiara'), by('usr_dev', own)]],
    [false, 2, true, [by('usr_chiara'), by('usr_bruno')]],
    [true, 2, true, [by('usr_chiara'), by('usr_bruno'), by('usr_dev', own)]],
    [false, 2, true, [by('usr_chiara'), by('usr_bruno'), by('usr_dev', { ...own, void: true })]],
  ])('%s: %i and the owner (%s) by %j', (expected, approvals, owner, given) => {
    expect(met(approvals, owner, ...given)).toBe(expected)
  })

  it('nobody is asked twice', () => {
    const { world } = given(...APPROVED)
    const requests = world.state.requests.map((request) => ({
      ...request,
      phase: 'awaiting-approval' as const,
    }))
    const waiting = { ...world, state: { ...world.state, requests } }
    expect(outcomeOf(waiting, chiara, 'approveAction', approve).gives).toBe('conflict')
    expect(outcomeOf(waiting, approver(grace), 'approveAction', approve).gives).toEqual(['approval.recorded'])
  })
})
