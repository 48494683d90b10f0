import { describe, expect, it } from 'vitest'
import { given, type Name, type Step } from '../act/given.fixture'
import { ada, as, assistant, bruno, chiara, executor, grace, hugo, worker } from '../act/people.fixture'
import {
  ACCEPTED, ASSIGNED, CONFIRMED, CONTEXT, EXECUTED, judged, PROMOTED, PROPOSED, promotion, TO_VERIFY,
} from '../act/story.fixture'
import { DUE_HOURS } from './assign'
import { HAPPY } from './happy.fixture'

const reason = 'Because.'
const promotedAs = (severity: 'low' | 'medium' | 'high' | 'critical', by = bruno): Step[] => [[by, 'promoteFinding', promotion({ severity })]]

describe('confirming', () => {
  it.each(['high', 'critical'] as const)('C02: who promoted a %s finding neither confirms nor dismisses it', (severity) => {
    const case_ = given(...promotedAs(severity))
    expect(case_.when(bruno, 'confirmCase', CONTEXT).then).toBe('separation_of_duties')
    expect(case_.when(bruno, 'dismissCase', { disposition: 'benign', reason }).then).toBe('separation_of_duties')
    expect(case_.when(grace, 'confirmCase', CONTEXT).state.stage).toBe('assign')
    expect(case_.when(grace, 'dismissCase', { disposition: 'benign', reason }).state.stage).toBe('closed')
  })

  it('C02: the owner of the agent that promoted it counts as its promoter', () => {
    const case_ = given([assistant, 'promoteFinding', promotion({ severity: 'high' })])
    expect(case_.when(ada, 'confirmCase', CONTEXT).then).toBe('separation_of_duties')
    expect(case_.when(bruno, 'confirmCase', CONTEXT).state.confirmation?.by).toBe('usr_bruno')
  })

  it('is for its promoter where little is at stake, until the severity says otherwise', () => {
    const own: Step[] = [...promotedAs('medium'), [bruno, 'confirmCase', CONTEXT]]
    const raised = given(...own).when(grace, 'setSeverity', { severity: 'critical' })
    expect(raised.then).toEqual(['severity.set', 'case.state'])
    expect(raised.state).toMatchObject({ stage: 'confirm', confirmation: null })
    const again = given(...own, [grace, 'setSeverity', { severity: 'critical' }])
    expect(again.when(bruno, 'confirmCase', CONTEXT).then).toBe('separation_of_duties')
    expect(again.when(ada, 'confirmCase', CONTEXT).state.stage).toBe('assign')
    expect(given(...CONFIRMED).when(grace, 'setSeverity', { severity: 'critical' }).then).toEqual(['severity.set'])
  })

  it('is not undone under an action that may still change something', () => {
    const busy: Step[] = [...promotedAs('medium', ada), [ada, 'confirmCase', CONTEXT], [ada, 'assignCase', { assignee: 'usr_ada' }]]
    const proposal: Step = [ada, 'proposeAction', { kind: 'postgres.rotate-password', nhi: 'nhi_svc-orders', purpose: 'It has leaked.' }]
    expect(given(...busy, proposal).when(bruno, 'setSeverity', { severity: 'high' }).then).toBe('gate')
  })
})

describe('dismissing', () => {
  it('closes the case with its reason; a duplicate names another case', () => {
    const case_ = given(...PROMOTED)
    const { then, state } = case_.when(bruno, 'dismissCase', { disposition: 'false-positive', reason })
    expect(then).toEqual(['case.dismissed', 'case.state'])
    expect(state).toMatchObject({ stage: 'closed', disposition: 'false-positive', summary: reason })
    for (const duplicate_of of [null, 'case_leak']) {
      expect(case_.when(bruno, 'dismissCase', { disposition: 'duplicate', reason, duplicate_of }).then).toBe('invalid')
    }
    const twin = { disposition: 'duplicate', reason, duplicate_of: 'case_first' }
    expect(case_.when(bruno, 'dismissCase', twin).state.disposition).toBe('duplicate')
    expect(given(...CONFIRMED).when(bruno, 'dismissCase', { disposition: 'benign', reason }).then).toBe('wrong_stage')
  })

  it('C65: is no way around the verification of what was changed', () => {
    const back: Step = [ada, 'returnCase', { to: 'confirm', reason }]
    const executed = given(...EXECUTED, back).when(bruno, 'dismissCase', { disposition: 'benign', reason })
    expect(executed.refusal?.missing?.map(({ name }) => name)).toEqual(['verification'])
    const failed = given(...TO_VERIFY, [grace, 'recordVerification', judged('failed')], back)
    expect(failed.when(bruno, 'dismissCase', { disposition: 'benign', reason }).then).toBe('gate')
  })
})

describe('assigning', () => {
  it('tells the owners at the same time, and is due as the severity says', () => {
    const { then, state } = given(...CONFIRMED).when(bruno, 'assignCase', { assignee: 'usr_ada' })
    expect(then).toEqual(['case.assigned', 'owner.notified'])
    const hours = (Date.parse(state.due ?? '') - Date.parse(state.stage_at)) / 3_600_000
    expect(hours).toBe(DUE_HOURS.medium)
    const past = { assignee: 'usr_ada', due: '2026-03-01T00:00:00.000Z' }
    expect(given(...CONFIRMED).when(bruno, 'assignCase', past).then).toBe('invalid')
  })

  it('waits for the assignee’s word, except from who takes it', () => {
    expect(given(...ASSIGNED).state).toMatchObject({ stage: 'assign', accepted: false })
    expect(given(...ASSIGNED).when(bruno, 'acceptAssignment').then).toBe('forbidden')
    expect(given(...ASSIGNED).when(ada, 'acceptAssignment').state.stage).toBe('act')
    expect(given(...CONFIRMED).when(ada, 'assignCase', { assignee: 'usr_ada' }).state).toMatchObject({ stage: 'act', accepted: true })
  })

  it('is to an analyst who is a member', () => {
    for (const [assignee, then] of [['usr_hugo', 'forbidden'], ['usr_nobody', 'not_found'], ['usr_ada', 'conflict']]) {
      expect(given(...ASSIGNED).when(bruno, 'assignCase', { assignee }).then).toBe(then)
    }
  })

  it('goes back to the queue with a reason when it is declined', () => {
    const { then, state } = given(...ASSIGNED).when(ada, 'declineAssignment', { reason })
    expect(then).toEqual(['assignment.declined'])
    expect(state).toMatchObject({ stage: 'assign', assignee: null })
    expect(given(...ASSIGNED).when(bruno, 'declineAssignment', { reason }).then).toBe('forbidden')
  })

  it('to somebody new holds the case until they accept', () => {
    const handed: Step[] = [...EXECUTED, [ada, 'assignCase', { assignee: 'usr_bruno' }]]
    const { then, refusal } = given(...handed).when(ada, 'advanceCase', { to: 'verify' })
    expect([then, refusal?.missing?.[0]?.name]).toEqual(['gate', 'acceptance'])
    const taken = given(...handed, [bruno, 'acceptAssignment'])
    expect(taken.when(ada, 'advanceCase', { to: 'verify' }).state.stage).toBe('verify')
  })
})

describe('C57: what no machine decides, whatever policy says', () => {
  const machine: readonly Name[] = [
    'promoteFinding', 'addMessage', 'recordDrift', 'recordCard', 'attachEvidence', 'retitleCase', 'setSeverity',
    'addComment', 'linkNhi', 'unlinkNhi', 'declareNoNhi', 'proposeNoAction', 'requestException', 'expireException',
    'exportCase', 'proposeAction', 'amendAction', 'withdrawAction', 'requestProbe', 'recordPlan', 'reportPlanFailure',
    'issueWarrant', 'redeemWarrant', 'reportExecution', 'reportProbe', 'expireAction',
  ]

  it.each(Object.keys(HAPPY).filter((name) => !machine.includes(name as Name)) as Name[])('%s', (name) => {
    const { given: steps, when } = HAPPY[name]
    for (const actor of [assistant, { ...assistant, onBehalfOf: when[0].id }, executor, worker]) {
      expect(given(...steps).when(actor, name, when[2]).then).toBe('separation_of_duties')
    }
  })
})

describe('that no action is needed', () => {
  it('takes a reason and a second person', () => {
    const proposed = given(...ACCEPTED, [ada, 'proposeNoAction', { reason: 'Rotated by hand.' }])
    expect(proposed.when(ada, 'advanceCase', { to: 'verify' }).refusal?.missing?.[0]?.name).toBe('second-opinion')
    expect(proposed.when(ada, 'agreeNoAction').then).toBe('separation_of_duties')
    expect(proposed.when(chiara, 'agreeNoAction').state.no_action?.agreed).toBe(true)
    expect(given(...ACCEPTED).when(bruno, 'agreeNoAction').then).toBe('stale')
  })

  it('C02: is not agreed to by the owner of the agent that proposed it', () => {
    const proposed = given(...ACCEPTED, [assistant, 'proposeNoAction', { reason }])
    expect(proposed.when(ada, 'agreeNoAction').then).toBe('separation_of_duties')
    expect(proposed.when(as(hugo, 'analyst'), 'agreeNoAction').then).toEqual(['no_action.agreed'])
  })

  it('leads to the outcome of that name and to no other, and is asked again after going back', () => {
    const agreed: Step[] = [...ACCEPTED, [ada, 'proposeNoAction', { reason }], [bruno, 'agreeNoAction']]
    const verify: Step[] = [...agreed, [ada, 'advanceCase', { to: 'verify' }]]
    expect(given(...verify).when(ada, 'closeCase', { disposition: 'remediated', summary: 'x' }).then).toBe('invalid')
    expect(given(...verify).when(ada, 'closeCase', { disposition: 'no-action-needed', summary: 'x' }).state.stage).toBe('closed')
    expect(given(...verify, [bruno, 'returnCase', { to: 'act', reason }]).state.no_action).toBeNull()
    expect(given(...agreed, PROPOSED.at(-1) as Step).when(ada, 'advanceCase', { to: 'verify' }).refusal?.missing?.[0]?.name).toBe('open-action')
  })
})
