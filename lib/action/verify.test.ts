import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying } from '../act/given.fixture'
import { ada, as, assistant, bruno, chiara, executor, grace, hugo, ivo, worker } from '../act/people.fixture'
import {
  ACCEPTED,
  about,
  CLOSED,
  EXECUTED,
  judged,
  planned,
  probed,
  REDEEMED,
  ROTATION,
  redeemed,
  reported,
  TO_VERIFY,
  VERIFIED,
  warranted,
} from '../act/story.fixture'

const passed = judged('passed')
const analyst = (who: typeof ada) => as(who, 'analyst')

/** The story from a proposal to the stage verify, when somebody else had proposed it. */
const proposedBy = (who: typeof ada | typeof assistant, starter = ada): Step[] => [
  ...ACCEPTED,
  [who, 'proposeAction', ROTATION],
  [executor, 'recordPlan', planned],
  [chiara, 'approveAction', saying('approve')],
  [starter, 'startExecution', about],
  [executor, 'issueWarrant', warranted()],
  [executor, 'redeemWarrant', redeemed],
  [executor, 'reportExecution', reported('succeeded')],
  [ada, 'advanceCase', { to: 'verify' }],
]

describe('C65: who verifies is none of those who asked, approved or executed', () => {
  it.each([
    ['the requester', ada],
    ['the approver', analyst(chiara)],
    ['the executor’s owner', analyst(ivo)],
    ['the executor', executor],
    ['an agent', assistant],
    ['On Record itself', worker],
  ])('not %s', (_, actor) => {
    expect(given(...TO_VERIFY).when(actor, 'recordVerification', passed).gives).toBe('separation_of_duties')
  })

  it('not the owner of the agent that asked, nor whom it acted for', () => {
    expect(given(...proposedBy(assistant)).when(ada, 'recordVerification', passed).gives).toBe(
      'separation_of_duties',
    )
    const forBruno = given(...proposedBy({ ...assistant, onBehalfOf: 'usr_bruno' }))
    for (const actor of [ada, bruno])
      expect(forBruno.when(actor, 'recordVerification', passed).gives).toBe('separation_of_duties')
    expect(forBruno.when(grace, 'recordVerification', passed).gives).toEqual(['verification.recorded'])
  })

  it('not who let the executor go ahead', () => {
    const started = given(...proposedBy(ada, bruno))
    expect(started.when(bruno, 'recordVerification', passed).gives).toBe('separation_of_duties')
    expect(started.when(grace, 'recordVerification', passed).gives).toEqual(['verification.recorded'])
  })

  it('anybody else who can judge it, and their name is on it', () => {
    for (const actor of [bruno, grace]) {
      expect(
        requestIn(given(...TO_VERIFY).when(actor, 'recordVerification', passed).state).verification?.verifier,
      ).toBe(actor.id)
    }
  })

  it('somebody whose approval was void had no part in what was executed', () => {
    const amended = (world: Parameters<typeof about>[0]) => ({
      ...about(world),
      ...ROTATION,
      reason: 'Wider.',
      params: { end_sessions: true },
    })
    const second = as(bruno, 'analyst', 'approver')
    const steps: Step[] = [
      ...ACCEPTED,
      [ada, 'proposeAction', ROTATION],
      [executor, 'recordPlan', planned],
      [second, 'approveAction', saying('approve')],
      [ada, 'amendAction', amended],
      ...proposedBy(ada).slice(ACCEPTED.length + 1),
    ]
    expect(given(...steps).when(second, 'recordVerification', passed).gives).toEqual([
      'verification.recorded',
    ])
  })
})

describe('a verification', () => {
  it('C65: needs evidence that is attached to this case', () => {
    const other = judged('passed', { evidence: ['5'.repeat(64)] })
    expect(given(...TO_VERIFY).when(grace, 'recordVerification', other).gives).toBe('invalid')
    expect(() =>
      given(...TO_VERIFY).when(grace, 'recordVerification', judged('passed', { evidence: [] })),
    ).toThrow()
  })

  it('C65: that failed returns the case to act, with the verifier’s words', () => {
    const { events, state } = given(...TO_VERIFY).when(
      grace,
      'recordVerification',
      judged('failed', { note: 'The old one works.' }),
    )
    expect(events).toMatchObject([
      { type: 'verification.recorded', data: { outcome: 'failed', verifier: 'usr_grace' } },
      {
        type: 'case.state',
        data: { from: 'verify', to: 'act', reason: 'Verification failed: The old one works.' },
      },
    ])
    expect(requestIn(state).phase).toBe('verification-failed')
  })

  it('is of what was executed, once, in its stage', () => {
    expect(given(...VERIFIED).when(bruno, 'recordVerification', passed).gives).toBe('stale')
    expect(given(...EXECUTED).when(grace, 'recordVerification', passed).gives).toBe('wrong_stage')
    expect(given(...CLOSED).when(bruno, 'recordVerification', passed).gives).toBe('wrong_stage')
  })
})

describe('a probe', () => {
  const asked: Step[] = [...EXECUTED, [grace, 'requestProbe', about]]

  it('looks at an effect, once at a time, and its report is evidence', () => {
    expect(given(...REDEEMED).when(grace, 'requestProbe', about).gives).toBe('gate')
    expect(given(...asked).when(bruno, 'requestProbe', about).gives).toBe('conflict')
    const { gives, state } = given(...asked).when(executor, 'reportProbe', probed)
    expect(gives).toEqual(['evidence.attached', 'probe.reported'])
    expect(requestIn(state)).toMatchObject({
      phase: 'executed',
      probing: false,
      probe: { outcome: 'effective' },
    })
    expect(state.evidence.map((each) => each.kind)).toEqual(['receipt', 'probe'])
  })

  it('is reported by the executor, when somebody asked for it', () => {
    expect(given(...EXECUTED).when(executor, 'reportProbe', probed).gives).toBe('stale')
    expect(given(...asked).when(hugo, 'reportProbe', probed).gives).toBe('separation_of_duties')
  })

  it('that sees the same again attaches nothing twice', () => {
    const twice: Step[] = [...asked, [executor, 'reportProbe', probed], [grace, 'requestProbe', about]]
    expect(given(...twice).when(executor, 'reportProbe', probed).gives).toEqual(['probe.reported'])
  })

  it('can still be reported when the case was closed meanwhile', () => {
    const closed: Step[] = [
      ...VERIFIED,
      [grace, 'requestProbe', about],
      [ada, 'closeCase', { disposition: 'remediated', summary: 'Done.' }],
    ]
    expect(given(...closed).when(executor, 'reportProbe', probed).gives).toEqual([
      'evidence.attached',
      'probe.reported',
    ])
  })

  it('of an unknown outcome helps to judge it and changes nothing', () => {
    const unknown: Step[] = [
      ...REDEEMED,
      [executor, 'reportExecution', reported('unknown')],
      [grace, 'requestProbe', about],
    ]
    expect(requestIn(given(...unknown).when(executor, 'reportProbe', probed).state).phase).toBe('unknown')
  })
})
