import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying, type World } from '../act/given.fixture'
import { ada, chiara, executor } from '../act/people.fixture'
import { ACCEPTED, about, PLAN, PROPOSED, planned, ROTATION } from '../act/story.fixture'

const final = (world: World) => ({ ...planned(world), plan: { ...PLAN, reversible: false } })
const FINAL: Step[] = [...PROPOSED, [executor, 'recordPlan', final]]

describe('a dry run that finds that there is no way back', () => {
  it('C05: makes another revision of it, which more people approve in less time', () => {
    const proposed = requestIn(given(...PROPOSED).state)
    const { events, gives, state } = given(...PROPOSED).when(executor, 'recordPlan', final)
    expect(gives).toEqual(['action.amended', 'action.planned'])
    const request = requestIn(state)
    expect(proposed.quorum).toMatchObject({ tier: 'medium', owner: false })
    expect(request).toMatchObject({
      phase: 'awaiting-approval',
      revision: 2,
      quorum: { tier: 'high', approvals: 1, owner: true, assurance: 'passkey' },
      requester: 'usr_ada',
      plan: { reversible: false },
    })
    expect(request.digest).not.toBe(proposed.digest)
    expect(request.expires_at < proposed.expires_at).toBe(true)
    expect(events[0]).toMatchObject({ data: { reason: expect.stringContaining('a high-risk change') } })
    expect(events[1]).toMatchObject({ data: { revision: 2 } })
  })

  it('changes nothing where the target had made it as risky already', () => {
    const privileged: Step = {
      facts: (facts) => ({
        ...facts,
        nhis: Object.fromEntries(
          Object.entries(facts.nhis).map(([id, nhi]) => [id, { ...nhi, privilege: 'tier-0' as const }]),
        ),
      }),
    }
    const steps: Step[] = [...ACCEPTED, privileged, [ada, 'proposeAction', ROTATION]]
    expect(given(...steps).when(executor, 'recordPlan', final).gives).toEqual(['action.planned'])
  })

  it('asks what the higher tier asks: a sign-in alone is not enough', () => {
    expect(given(...FINAL).when(chiara, 'approveAction', saying('approve')).gives).toBe('assurance_required')
  })

  it('is taken once, and leaves the request with who asked', () => {
    const withdrawn = (world: World) => ({ ...about(world), reason: 'Not like this.' })
    expect(given(...FINAL).when(executor, 'recordPlan', final).gives).toBe('stale')
    expect(given(...FINAL).when(ada, 'withdrawAction', withdrawn).gives).toEqual(['action.withdrawn'])
  })
})
