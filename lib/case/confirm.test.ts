import { describe, expect, it } from 'vitest'
import { given, type Step } from '../act/given.fixture'
import { ada, assistant, bruno, grace } from '../act/people.fixture'
import { CONFIRMED, CONTEXT, EXECUTED, judged, PROMOTED, promotion, TO_VERIFY } from '../act/story.fixture'

const reason = 'Because.'
const promotedAs = (severity: 'low' | 'medium' | 'high' | 'critical', by = bruno): Step[] => [
  [by, 'promoteFinding', promotion({ severity })],
]

describe('confirming', () => {
  it.each(['high', 'critical'] as const)(
    'C02: who promoted a %s finding neither confirms nor dismisses it',
    (severity) => {
      const case_ = given(...promotedAs(severity))
      expect(case_.when(bruno, 'confirmCase', CONTEXT).gives).toBe('separation_of_duties')
      expect(case_.when(bruno, 'dismissCase', { disposition: 'benign', reason }).gives).toBe(
        'separation_of_duties',
      )
      expect(case_.when(grace, 'confirmCase', CONTEXT).state.stage).toBe('assign')
      expect(case_.when(grace, 'dismissCase', { disposition: 'benign', reason }).state.stage).toBe('closed')
    },
  )

  it('C02: the owner of the agent that promoted it counts as its promoter', () => {
    const case_ = given([assistant, 'promoteFinding', promotion({ severity: 'high' })])
    expect(case_.when(ada, 'confirmCase', CONTEXT).gives).toBe('separation_of_duties')
    expect(case_.when(bruno, 'confirmCase', CONTEXT).state.confirmation?.by).toBe('usr_bruno')
  })

  it('is for its promoter where little is at stake, until the severity says otherwise', () => {
    const own: Step[] = [...promotedAs('medium'), [bruno, 'confirmCase', CONTEXT]]
    const raised = given(...own).when(grace, 'setSeverity', { severity: 'critical' })
    expect(raised.gives).toEqual(['severity.set', 'case.state'])
    expect(raised.state).toMatchObject({ stage: 'confirm', confirmation: null })
    const again = given(...own, [grace, 'setSeverity', { severity: 'critical' }])
    expect(again.when(bruno, 'confirmCase', CONTEXT).gives).toBe('separation_of_duties')
    expect(again.when(ada, 'confirmCase', CONTEXT).state.stage).toBe('assign')
    expect(given(...CONFIRMED).when(grace, 'setSeverity', { severity: 'critical' }).gives).toEqual([
      'severity.set',
    ])
  })

  it('is not undone under an action that may still change something', () => {
    const busy: Step[] = [
      ...promotedAs('medium', ada),
      [ada, 'confirmCase', CONTEXT],
      [ada, 'assignCase', { assignee: 'usr_ada' }],
    ]
    const proposal: Step = [
      ada,
      'proposeAction',
      { kind: 'postgres.rotate-password', nhi: 'nhi_svc-orders', purpose: 'It has leaked.' },
    ]
    expect(given(...busy, proposal).when(bruno, 'setSeverity', { severity: 'high' }).gives).toBe('gate')
  })
})

describe('dismissing', () => {
  it('closes the case with its reason; a duplicate names another case', () => {
    const case_ = given(...PROMOTED)
    const { gives, state } = case_.when(bruno, 'dismissCase', { disposition: 'false-positive', reason })
    expect(gives).toEqual(['case.dismissed', 'case.state'])
    expect(state).toMatchObject({ stage: 'closed', disposition: 'false-positive', summary: reason })
    for (const duplicate_of of [null, 'case_leak']) {
      expect(case_.when(bruno, 'dismissCase', { disposition: 'duplicate', reason, duplicate_of }).gives).toBe(
        'invalid',
      )
    }
    const twin = { disposition: 'duplicate', reason, duplicate_of: 'case_first' }
    expect(case_.when(bruno, 'dismissCase', twin).state.disposition).toBe('duplicate')
    expect(given(...CONFIRMED).when(bruno, 'dismissCase', { disposition: 'benign', reason }).gives).toBe(
      'wrong_stage',
    )
  })

  it('C65: is no way around the verification of what was changed', () => {
    const back: Step = [ada, 'returnCase', { to: 'confirm', reason }]
    const executed = given(...EXECUTED, back).when(bruno, 'dismissCase', { disposition: 'benign', reason })
    expect(executed.refusal?.missing?.map(({ name }) => name)).toEqual(['verification'])
    const failed = given(...TO_VERIFY, [grace, 'recordVerification', judged('failed')], back)
    expect(failed.when(bruno, 'dismissCase', { disposition: 'benign', reason }).gives).toBe('gate')
  })
})
