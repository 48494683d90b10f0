import { describe, expect, it } from 'vitest'
import { given } from '../act/given.fixture'
import { ada, bruno, chiara, grace } from '../act/people.fixture'
import {
  ACCEPTED,
  ASSIGNED,
  CLOSED,
  CONFIRMED,
  CONTEXT,
  EXECUTED,
  PROMOTED,
  TO_VERIFY,
} from '../act/story.fixture'
import { HAPPY } from './happy.fixture'

describe('going back', () => {
  it('takes a reason, goes back only, and undoes what the later stages had established', () => {
    const case_ = given(...EXECUTED)
    const { state, gives } = case_.when(ada, 'returnCase', {
      to: 'confirm',
      reason: 'The context was wrong.',
    })
    expect(gives).toEqual(['case.state'])
    expect(state).toMatchObject({ stage: 'confirm', confirmation: null, accepted: false })
    expect(state.passed.map((gate) => gate.stage)).toEqual(['identify'])
    expect(given(...CONFIRMED).when(ada, 'returnCase', { to: 'act', reason: 'Now.' }).gives).toBe(
      'wrong_stage',
    )
    expect(() => case_.when(ada, 'returnCase', { to: 'confirm', reason: ' ' })).toThrow('must not be empty')
  })

  it('to identify leaves it there until somebody supplies something or moves it on', () => {
    const back = [...CONFIRMED, [bruno, 'returnCase', { to: 'identify', reason: 'Which account?' }]] as const
    expect(given(...back).when(grace, 'addComment', { text: 'Me too.' }).state.stage).toBe('identify')
    expect(given(...back).when(bruno, 'advanceCase', { to: 'confirm' }).state.stage).toBe('confirm')
  })

  it('waits for what is under way', () => {
    const states = [
      'proposeAction',
      'approveAction',
      'startExecution',
      'issueWarrant',
      'redeemWarrant',
      'reportExecution',
    ] as const
    for (const command of states) {
      const { given: steps, when } = HAPPY[command]
      const gives = given(...steps, when).when(ada, 'returnCase', { to: 'identify', reason: 'Stop.' }).gives
      expect(gives, command).toEqual(command === 'reportExecution' ? ['case.state'] : 'gate')
    }
  })

  it('to assign when the assignee declines, and to the queue', () => {
    const declined = given(...TO_VERIFY, [ada, 'declineAssignment', { reason: 'On holiday.' }])
    expect(declined.state).toMatchObject({ stage: 'assign', assignee: null, accepted: false })
    const early = [...ASSIGNED, [bruno, 'returnCase', { to: 'confirm', reason: 'Not sure.' }]] as const
    for (const command of ['declineAssignment', 'acceptAssignment'] as const) {
      const input = command === 'declineAssignment' ? { reason: 'No.' } : {}
      expect(given(...early).when(ada, command, input).gives).toBe('wrong_stage')
    }
  })
})

describe('reopening', () => {
  it('is a recorded event with a reason, and returns the case to act or to identify', () => {
    const toAct = given(...CLOSED).when(bruno, 'reopenCase', { to: 'act', reason: 'It still works.' })
    expect(toAct.gives).toEqual(['case.reopened', 'case.state'])
    expect(toAct.state).toMatchObject({
      stage: 'act',
      disposition: null,
      accepted: true,
      assignee: 'usr_ada',
    })
    const toStart = given(...CLOSED).when(bruno, 'reopenCase', { to: 'identify', reason: 'Another account.' })
    expect(toStart.state).toMatchObject({
      stage: 'identify',
      confirmation: null,
      accepted: false,
      passed: [],
    })
    expect(given(...ACCEPTED).when(bruno, 'reopenCase', { to: 'act', reason: 'Why not.' }).gives).toBe(
      'wrong_stage',
    )
  })

  it('to act needs that the case had been there', () => {
    const dismissed = given(...PROMOTED, [
      bruno,
      'dismissCase',
      { disposition: 'benign', reason: 'A test account.' },
    ])
    expect(dismissed.state).toMatchObject({ stage: 'closed', disposition: 'benign' })
    expect(dismissed.state.passed.map((gate) => gate.stage)).toEqual(['identify'])
    expect(dismissed.when(bruno, 'reopenCase', { to: 'act', reason: 'It is real.' }).gives).toBe(
      'wrong_stage',
    )
    const again = dismissed.when(bruno, 'reopenCase', { to: 'identify', reason: 'It is real.' }).state
    expect(again.stage).toBe('identify')
    expect(given(...PROMOTED).when(chiara, 'confirmCase', CONTEXT).state.stage).toBe('assign')
  })
})
