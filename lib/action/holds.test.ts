import { describe, expect, it } from 'vitest'
import type { Facts } from '../act/facts'
import { given, requestIn, type Step, type World } from '../act/given.fixture'
import { ada, bruno, executor, withMember, withNhi } from '../act/people.fixture'
import { APPROVED, about, redeemed, STARTED, WARRANTED, warranted } from '../act/story.fixture'

/** Each of these was true at the approval and is no longer. */
const CHANGED: [string, (facts: Facts) => Facts][] = [
  ['C64: the executor is disabled', (facts) => withNhi(facts, executor.id, { disabled: true })],
  ['C47: the executor has lost its owner', (facts) => withNhi(facts, executor.id, { owner: null })],
  ['the executor has another owner', (facts) => withNhi(facts, executor.id, { owner: 'usr_bruno' })],
  ['C47: the executor’s owner has left', (facts) => withMember(facts, 'usr_ivo', { active: false })],
  [
    'the connector is another executor’s',
    (facts) => ({ ...facts, connectors: facts.connectors.map((each) => ({ ...each, executor: 'nhi_new' })) }),
  ],
  ['the connector is gone', (facts) => ({ ...facts, connectors: [] })],
  [
    'the target is gone',
    (facts) => ({ ...facts, nhis: { [executor.id]: facts.nhis[executor.id] } as Facts['nhis'] }),
  ],
  ['the target has another owner', (facts) => withNhi(facts, 'nhi_svc-orders', { owner: 'usr_ada' })],
  ['the target is another account', (facts) => withNhi(facts, 'nhi_svc-orders', { account: 'postgres' })],
  ['the target’s risk has grown', (facts) => withNhi(facts, 'nhi_svc-orders', { privilege: 'tier-0' })],
  ['C54: an approver has left', (facts) => withMember(facts, 'usr_chiara', { active: false })],
  ['C14: an approver has lost the role', (facts) => withMember(facts, 'usr_chiara', { roles: ['analyst'] })],
  ['C54: the requester has left', (facts) => withMember(facts, 'usr_ada', { active: false })],
]

describe('what was true at the approval must be true now, at each step to the effect', () => {
  it.each(CHANGED)('%s', (_, change) => {
    const changed: Step = { facts: change }
    expect(given(...APPROVED, changed).when(bruno, 'startExecution', about).gives).toBe('stale')
    expect(given(...STARTED, changed).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
    expect(given(...WARRANTED, changed).when(executor, 'redeemWarrant', redeemed).gives).toBe('stale')
  })

  it('C06: the request has not expired', () => {
    const late: Step = { minutes: 8 * 60 }
    expect(given(...APPROVED, late).when(ada, 'startExecution', about).gives).toBe('stale')
    expect(given(...STARTED, late).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
    const last: Step[] = [...STARTED, { minutes: 8 * 60 - 1 }]
    const short = (world: World) => ({ ...warranted()(world), expires_at: requestIn(world.state).expires_at })
    expect(given(...last).when(executor, 'issueWarrant', warranted()).gives).toBe('invalid')
    expect(
      given(...last, [executor, 'issueWarrant', short], { minutes: 1 }).when(
        executor,
        'redeemWarrant',
        redeemed,
      ).gives,
    ).toBe('stale')
  })

  it('what doesn’t matter to it may change: a name, a smaller privilege, another member', () => {
    const changes: Step[] = [
      { facts: (facts) => withNhi(facts, 'nhi_svc-orders', { name: 'orders', privilege: 'read' }) },
      { facts: (facts) => withMember(facts, 'usr_hugo', { active: false }) },
    ]
    expect(given(...WARRANTED, ...changes).when(executor, 'redeemWarrant', redeemed).gives).toEqual([
      'warrant.redeemed',
    ])
  })
})
