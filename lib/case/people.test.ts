import { describe, expect, it } from 'vitest'
import { given, type Name, type Step } from '../act/given.fixture'
import { ada, as, assistant, bruno, chiara, executor, hugo, worker } from '../act/people.fixture'
import { ACCEPTED, PROPOSED } from '../act/story.fixture'
import { HAPPY } from './happy.fixture'

const reason = 'Because.'

describe('C57: what no machine decides, whatever policy says', () => {
  const machine: readonly Name[] = [
    'promoteFinding',
    'addMessage',
    'recordDrift',
    'recordCard',
    'attachEvidence',
    'retitleCase',
    'setSeverity',
    'addComment',
    'linkNhi',
    'unlinkNhi',
    'declareNoNhi',
    'proposeNoAction',
    'requestException',
    'expireException',
    'exportCase',
    'proposeAction',
    'amendAction',
    'withdrawAction',
    'requestProbe',
    'recordPlan',
    'reportPlanFailure',
    'issueWarrant',
    'redeemWarrant',
    'reportExecution',
    'reportProbe',
    'expireAction',
    'expireBreakGlass',
    'escalateCase',
    'escalateAssignment',
    'escalateApproval',
    'revokeWarrant',
    'eraseByRule',
    'recordRemoval',
  ]

  it.each(Object.keys(HAPPY).filter((name) => !machine.includes(name as Name)) as Name[])('%s', (name) => {
    const { given: steps, when } = HAPPY[name]
    for (const actor of [assistant, { ...assistant, onBehalfOf: when[0].id }, executor, worker]) {
      expect(given(...steps).when(actor, name, when[2]).gives).toBe('separation_of_duties')
    }
  })
})

describe('that no action is needed', () => {
  it('takes a reason and a second person', () => {
    const proposed = given(...ACCEPTED, [ada, 'proposeNoAction', { reason: 'Rotated by hand.' }])
    expect(proposed.when(ada, 'advanceCase', { to: 'verify' }).refusal?.missing?.[0]?.name).toBe(
      'second-opinion',
    )
    expect(proposed.when(ada, 'agreeNoAction').gives).toBe('separation_of_duties')
    expect(proposed.when(chiara, 'agreeNoAction').state.no_action?.agreed).toBe(true)
    expect(given(...ACCEPTED).when(bruno, 'agreeNoAction').gives).toBe('stale')
  })

  it('C02: is not agreed to by the owner of the agent that proposed it', () => {
    const proposed = given(...ACCEPTED, [assistant, 'proposeNoAction', { reason }])
    expect(proposed.when(ada, 'agreeNoAction').gives).toBe('separation_of_duties')
    expect(proposed.when(as(hugo, 'analyst'), 'agreeNoAction').gives).toEqual(['no_action.agreed'])
  })

  it('leads to the outcome of that name and to no other, and is asked again after going back', () => {
    const agreed: Step[] = [...ACCEPTED, [ada, 'proposeNoAction', { reason }], [bruno, 'agreeNoAction']]
    const verify: Step[] = [...agreed, [ada, 'advanceCase', { to: 'verify' }]]
    expect(given(...verify).when(ada, 'closeCase', { disposition: 'remediated', summary: 'x' }).gives).toBe(
      'invalid',
    )
    expect(
      given(...verify).when(ada, 'closeCase', { disposition: 'no-action-needed', summary: 'x' }).state.stage,
    ).toBe('closed')
    expect(given(...verify, [bruno, 'returnCase', { to: 'act', reason }]).state.no_action).toBeNull()
    expect(
      given(...agreed, PROPOSED.at(-1) as Step).when(ada, 'advanceCase', { to: 'verify' }).refusal
        ?.missing?.[0]?.name,
    ).toBe('open-action')
  })
})
