import { describe, expect, it } from 'vitest'
import { given, type Step } from '../act/given.fixture'
import { ada, bruno } from '../act/people.fixture'
import { ASSIGNED, CONFIRMED, EXECUTED } from '../act/story.fixture'
import { DUE_HOURS } from './assign'

const reason = 'Because.'

describe('assigning', () => {
  it('tells the owners at the same time, and is due as the severity says', () => {
    const { gives, state } = given(...CONFIRMED).when(bruno, 'assignCase', { assignee: 'usr_ada' })
    expect(gives).toEqual(['case.assigned', 'owner.notified'])
    const hours = (Date.parse(state.due ?? '') - Date.parse(state.stage_at)) / 3_600_000
    expect(hours).toBe(DUE_HOURS.medium)
    const past = { assignee: 'usr_ada', due: '2026-03-01T00:00:00.000Z' }
    expect(given(...CONFIRMED).when(bruno, 'assignCase', past).gives).toBe('invalid')
  })

  it('waits for the assignee’s word, except from who takes it', () => {
    expect(given(...ASSIGNED).state).toMatchObject({ stage: 'assign', accepted: false })
    expect(given(...ASSIGNED).when(bruno, 'acceptAssignment').gives).toBe('forbidden')
    expect(given(...ASSIGNED).when(ada, 'acceptAssignment').state.stage).toBe('act')
    expect(given(...CONFIRMED).when(ada, 'assignCase', { assignee: 'usr_ada' }).state).toMatchObject({
      stage: 'act',
      accepted: true,
    })
  })

  it('is to an analyst who is a member', () => {
    for (const [assignee, expected] of [
      ['usr_hugo', 'forbidden'],
      ['usr_nobody', 'not_found'],
      ['usr_ada', 'conflict'],
    ]) {
      expect(given(...ASSIGNED).when(bruno, 'assignCase', { assignee }).gives).toBe(expected)
    }
  })

  it('goes back to the queue with a reason when it is declined', () => {
    const { gives, state } = given(...ASSIGNED).when(ada, 'declineAssignment', { reason })
    expect(gives).toEqual(['assignment.declined'])
    expect(state).toMatchObject({ stage: 'assign', assignee: null })
    expect(given(...ASSIGNED).when(bruno, 'declineAssignment', { reason }).gives).toBe('forbidden')
  })

  it('to somebody new holds the case until they accept', () => {
    const handed: Step[] = [...EXECUTED, [ada, 'assignCase', { assignee: 'usr_bruno' }]]
    const { gives, refusal } = given(...handed).when(ada, 'advanceCase', { to: 'verify' })
    expect([gives, refusal?.missing?.[0]?.name]).toEqual(['gate', 'acceptance'])
    const taken = given(...handed, [bruno, 'acceptAssignment'])
    expect(taken.when(ada, 'advanceCase', { to: 'verify' }).state.stage).toBe('verify')
  })
})
