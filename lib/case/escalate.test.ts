import { describe, expect, it } from 'vitest'
import { given, outcomeOf, requestIn, type Step, saying } from '../act/given.fixture'
import {
  ada,
  as,
  bruno,
  chiara,
  dev,
  executor,
  farid,
  grace,
  signedIn,
  withNhi,
  worker,
} from '../act/people.fixture'
import { ACCEPTED, APPROVED, ASSIGNED, about, CLOSED, PLANNED, PROPOSED } from '../act/story.fixture'
import type { Told } from './event'
import { peopleTold, waitingIn } from './late'
import { awaited, overdue, unanswered } from './late.fixture'

const HOURS = (hours: number): Step => ({ minutes: hours * 60 })
const OVERDUE: Step[] = [...ACCEPTED, HOURS(72)]
const UNANSWERED: Step[] = [...ASSIGNED, HOURS(36)]
const AWAITED: Step[] = [...PLANNED, HOURS(4)]
const says = (outcome: ReturnType<typeof outcomeOf>) => outcome.events[0]?.data
const team = ['usr_bruno', 'usr_grace'].map((person): Told => ({ person, as: 'team' }))
/** Signed in anew when half of the time is over. */
const late = (who: typeof ada) => signedIn(who, -4 * 60)
const admin: Told = { person: 'usr_farid', as: 'admin' }

describe('a case that passes its due time', () => {
  it('waits for whoever has it, and is told to the rest of the team', () => {
    const outcome = given(...OVERDUE).when(worker, 'escalateCase', overdue)
    expect(outcome.gives).toEqual(['case.overdue'])
    expect(says(outcome)).toEqual({
      due: outcome.state.due,
      stage: 'act',
      waits_for: ['usr_ada'],
      escalated_to: team,
    })
    expect(peopleTold(outcome.state)).toEqual(['usr_ada', 'usr_bruno', 'usr_grace'])
  })

  it('is told to the administrators where nobody else of the team could take it', () => {
    const alone: Step = {
      facts: (facts) => ({
        ...facts,
        colleagues: facts.colleagues?.filter(({ id }) => ['usr_ada', 'usr_farid'].includes(id)) ?? [],
      }),
    }
    const outcome = given(...OVERDUE, alone).when(worker, 'escalateCase', overdue)
    expect(says(outcome)).toMatchObject({ escalated_to: [admin] })
  })

  it('waits for nobody in particular where whoever was asked declined', () => {
    const declined: Step[] = [...ASSIGNED, [ada, 'declineAssignment', { reason: 'On leave.' }], HOURS(72)]
    expect(says(given(...declined).when(worker, 'escalateCase', overdue))).toMatchObject({
      waits_for: [],
      escalated_to: [admin],
    })
  })

  it('is said once for each due time, and anew for the next one', () => {
    const said: Step[] = [...OVERDUE, [worker, 'escalateCase', overdue]]
    expect(given(...said).when(worker, 'escalateCase', overdue).gives).toBe('stale')
    const handed: Step[] = [...said, [ada, 'assignCase', { assignee: 'usr_bruno' }]]
    expect(waitingIn(given(...handed).state)).toEqual([])
    const again = given(...handed, HOURS(72)).when(worker, 'escalateCase', overdue)
    expect(says(again)).toMatchObject({ waits_for: ['usr_bruno'] })
  })

  it('is looked at as it is by then: not for another due time, not before, not once it is closed', () => {
    const was = given(...ACCEPTED).state.due
    const later: Step[] = [...ACCEPTED, HOURS(1), [ada, 'assignCase', { assignee: 'usr_bruno' }], HOURS(72)]
    expect(given(...later).when(worker, 'escalateCase', { due: was }).gives).toBe('stale')
    expect(given(...ACCEPTED, HOURS(71)).when(worker, 'escalateCase', overdue).gives).toBe('conflict')
    const closed = given(...CLOSED, HOURS(72))
    expect(closed.when(worker, 'escalateCase', overdue).gives).toBe('wrong_stage')
    const reopened: Step[] = [...CLOSED, HOURS(72), [grace, 'reopenCase', { to: 'act', reason: 'Again.' }]]
    expect(given(...reopened).when(worker, 'escalateCase', overdue).gives).toEqual(['case.overdue'])
  })
})

describe('whoever was asked to take a case and doesn’t answer', () => {
  it('is named after half of the time, with the rest of the team', () => {
    const outcome = given(...UNANSWERED).when(worker, 'escalateAssignment', unanswered)
    expect(outcome.gives).toEqual(['assignment.awaited'])
    expect(says(outcome)).toMatchObject({ waits_for: ['usr_ada'], escalated_to: team })
    expect(given(...ASSIGNED, HOURS(35)).when(worker, 'escalateAssignment', unanswered).gives).toBe(
      'conflict',
    )
  })

  it('is not named when the case itself is overdue, which says more', () => {
    expect(given(...ASSIGNED, HOURS(72)).when(worker, 'escalateAssignment', unanswered).gives).toBe('stale')
    const both = given(...UNANSWERED, [worker, 'escalateAssignment', unanswered], HOURS(36))
    const { state } = both.when(worker, 'escalateCase', overdue)
    expect(waitingIn(state).map(({ about }) => about)).toEqual(['case'])
  })

  it('is named once, and not after an answer', () => {
    const said: Step[] = [...UNANSWERED, [worker, 'escalateAssignment', unanswered]]
    expect(given(...said).when(worker, 'escalateAssignment', unanswered).gives).toBe('stale')
    const answered = given(...said, [ada, 'acceptAssignment'])
    expect(answered.when(worker, 'escalateAssignment', unanswered).gives).toBe('stale')
    expect(peopleTold(answered.state)).toEqual([])
    const other: Step[] = [...said, [bruno, 'assignCase', { assignee: 'usr_grace' }], HOURS(36)]
    expect(says(given(...other).when(worker, 'escalateAssignment', unanswered))).toMatchObject({
      waits_for: ['usr_grace'],
    })
  })
})

describe('an approval that nobody has given by half of its time', () => {
  it('waits for who was asked, and is told to the administrators, who can appoint others', () => {
    const outcome = given(...AWAITED).when(worker, 'escalateApproval', awaited)
    expect(outcome.gives).toEqual(['approval.awaited'])
    expect(says(outcome)).toMatchObject({ revision: 1, waits_for: ['usr_chiara'], escalated_to: [admin] })
    expect(peopleTold(outcome.state)).toEqual(['usr_farid'])
  })

  it('is told to the owner’s stand-in where the owner’s word is missing, and no longer once it is there', () => {
    const privileged = given(...AWAITED, {
      facts: (facts) => withNhi(facts, 'nhi_svc-orders', { backup_owner: 'usr_grace' }),
    })
    const request = { ...requestIn(privileged.state), target_owner: 'usr_dev' }
    const asking = (approvals: number) => {
      const quorum = { ...request.quorum, owner: true, approvals }
      return { ...privileged.world, state: { ...privileged.state, requests: [{ ...request, quorum }] } }
    }
    const grace_ = { person: 'usr_grace', as: 'backup-owner' }
    expect(says(outcomeOf(asking(0), worker, 'escalateApproval', awaited))).toMatchObject({
      waits_for: ['usr_dev', 'usr_grace', 'usr_chiara'],
      escalated_to: [grace_],
    })
    const both = outcomeOf(asking(1), worker, 'escalateApproval', awaited)
    expect(says(both)).toMatchObject({ escalated_to: [grace_, admin] })
    expect(peopleTold(both.state)).toEqual(['usr_farid', 'usr_grace'])
    const answered = outcomeOf(both.after, late(as(grace, 'reporter')), 'approveAction', saying('approve'))
    expect(peopleTold(answered.state)).toEqual(['usr_farid'])
  })

  it('is never told to who asked for it as if they could answer', () => {
    const own = given(...AWAITED, {
      facts: (facts) => withNhi(facts, 'nhi_svc-orders', { backup_owner: 'usr_ada' }),
    })
    const request = requestIn(own.state)
    const quorum = { ...request.quorum, owner: true, approvals: 0 }
    const world = { ...own.world, state: { ...own.state, requests: [{ ...request, quorum }] } }
    const said = says(outcomeOf(world, worker, 'escalateApproval', awaited))
    expect(said).toMatchObject({ waits_for: ['usr_dev', 'usr_chiara'], escalated_to: [admin] })
  })

  it('is said once for each revision, not before the dry run, not before its time, not after an answer', () => {
    const said: Step[] = [...AWAITED, [worker, 'escalateApproval', awaited]]
    expect(given(...said).when(worker, 'escalateApproval', awaited).gives).toBe('stale')
    expect(given(...PROPOSED, HOURS(4)).when(worker, 'escalateApproval', awaitedUnplanned).gives).toBe(
      'stale',
    )
    expect(given(...PLANNED, HOURS(3)).when(worker, 'escalateApproval', awaited).gives).toBe('conflict')
    const approved = given(...said, [late(chiara), 'approveAction', saying('approve')])
    expect(approved.when(worker, 'escalateApproval', awaited).gives).toBe('stale')
    expect(waitingIn(approved.state)).toEqual([])
    const over = given(...PLANNED, HOURS(8))
    expect(over.when(worker, 'escalateApproval', awaited).gives).toBe('stale')
  })
})

describe('C03: silence is never consent', () => {
  it('C03: a reminder approves, refuses, assigns and moves nothing, and what nobody answers ends', () => {
    const before = given(...AWAITED)
    const told = before.when(worker, 'escalateApproval', awaited)
    const { awaited: _said, ...request } = requestIn(told.state)
    expect(request).toEqual(requestIn(before.state))
    expect({ ...told.state, requests: [] }).toEqual({ ...before.state, requests: [] })
    const both = given(...AWAITED, [worker, 'escalateApproval', awaited], HOURS(68))
    const overall = both.when(worker, 'escalateCase', overdue)
    const { overdue: _overdue, ...state } = overall.state
    expect(state).toEqual(both.state)
    const ended = outcomeOf(overall.after, worker, 'expireAction', about)
    expect(ended.gives).toEqual(['action.expired'])
    expect(requestIn(ended.state).approvals).toEqual([])
  })

  it('C03: a reminder about somebody’s answer accepts nothing for them', () => {
    const before = given(...UNANSWERED)
    const { unanswered: _said, ...state } = before.when(worker, 'escalateAssignment', unanswered).state
    expect(state).toEqual(before.state)
  })

  it.each([executor, worker])('C03: $id still can’t answer for a person', (actor) => {
    const told = given(...AWAITED, [worker, 'escalateApproval', awaited])
    expect(told.when(actor, 'approveAction', saying('approve')).gives).toBe('separation_of_duties')
  })

  it('C03: who is told is given no right by it: an administrator can’t approve', () => {
    const told = given(...AWAITED, [worker, 'escalateApproval', awaited])
    expect(told.when(farid, 'approveAction', saying('approve')).gives).toBe('forbidden')
    expect(told.when(dev, 'approveAction', saying('approve')).gives).toBe('forbidden')
    expect(given(...APPROVED).state.requests[0]?.phase).toBe('approved')
  })
})

function awaitedUnplanned({ state }: Parameters<typeof awaited>[0]) {
  const { id, revision, expires_at } = requestIn(state)
  return { request: id, revision, by: expires_at }
}
