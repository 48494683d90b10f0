import { expect, it } from 'vitest'
import { isOfAction } from './event'

it('what happens to an action is told from what else happens in its case', () => {
  const ofActions = [
    ...['action.requested', 'action.planned', 'approval.recorded', 'approvals.voided', 'breakglass.invoked'],
    ...[
      'warrant.issued',
      'execution.started',
      'execution.settled',
      'probe.requested',
      'verification.recorded',
    ],
  ]
  expect(ofActions.filter(isOfAction)).toEqual(ofActions)
  const others = ['finding.promoted', 'case.state', 'comment.added', 'evidence.attached', 'policy.denied']
  expect(others.filter(isOfAction)).toEqual([])
})
