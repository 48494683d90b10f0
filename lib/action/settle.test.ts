import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step } from '../act/given.fixture'
import { ada, as, assistant, bruno, chiara, executor, grace, ivo } from '../act/people.fixture'
import { about, judged, LOST, REDEEMED, reported, settled } from '../act/story.fixture'

const told = settled('succeeded')
const SETTLED: Step[] = [...LOST, [grace, 'settleExecution', told]]

describe('an execution that nobody reported', () => {
  it('is settled by who found out, with evidence, and is verified like any other', () => {
    const { events, state } = given(...LOST).when(grace, 'settleExecution', told)
    expect(events).toMatchObject([
      { type: 'execution.settled', data: { outcome: 'succeeded', settled_by: 'usr_grace' } },
    ])
    expect(requestIn(state)).toMatchObject({ phase: 'executed', result: { summary: 'Seen in the log.' } })
    const moved = given(...SETTLED, [ada, 'advanceCase', { to: 'verify' }])
    expect(moved.when(bruno, 'recordVerification', judged('passed')).gives).toEqual(['verification.recorded'])
  })

  it('that had no effect holds its case no longer', () => {
    const failed = given(...LOST, [grace, 'settleExecution', settled('failed')])
    expect(requestIn(failed.state).phase).toBe('failed')
    const back = { to: 'confirm', reason: 'Look again.' }
    expect(given(...LOST).when(ada, 'returnCase', back).gives).toBe('gate')
    expect(failed.when(ada, 'returnCase', back).gives).toEqual(['case.state'])
  })

  it('is settled at once when the executor itself says that it does not know', () => {
    const unknown: Step[] = [...LOST, [executor, 'reportExecution', reported('unknown')]]
    expect(given(...unknown).when(grace, 'settleExecution', told).gives).toEqual(['execution.settled'])
  })

  it('is left to its executor for a quarter of an hour', () => {
    expect(given(...REDEEMED, { minutes: 14 }).when(grace, 'settleExecution', told).gives).toBe('gate')
    expect(given(...REDEEMED, { minutes: 15 }).when(grace, 'settleExecution', told).gives).toBe('invalid')
  })

  it('is settled once, and only while nobody knows', () => {
    expect(given(...SETTLED).when(bruno, 'settleExecution', told).gives).toBe('stale')
  })

  it.each([
    ['who asked for it', ada],
    ['who approved it', as(chiara, 'analyst')],
    ['the executor’s owner', as(ivo, 'analyst')],
    ['an agent', assistant],
    ['the executor', executor],
  ])('C65: is not settled by %s', (_, actor) => {
    expect(given(...LOST).when(actor, 'settleExecution', told).gives).toBe('separation_of_duties')
  })

  it('takes the executor’s own receipt, late as it is, for more than what was found out', () => {
    const { state } = given(...LOST, [grace, 'settleExecution', settled('failed')]).when(
      executor,
      'reportExecution',
      (world) => ({ ...reported('succeeded')(world), result_sha256: '7'.repeat(64) }),
    )
    expect(requestIn(state)).toMatchObject({ phase: 'executed', settled_by: null })
    const judgedAlready: Step[] = [
      ...SETTLED,
      [ada, 'advanceCase', { to: 'verify' }],
      [bruno, 'recordVerification', judged('passed')],
    ]
    expect(given(...judgedAlready).when(executor, 'reportExecution', reported('failed')).gives).toBe('stale')
  })

  it('is named on the rail with the command that ends it; withdrawing can’t', () => {
    const { refusal } = given(...LOST).when(ada, 'advanceCase', { to: 'verify' })
    expect(refusal?.missing).toMatchObject([{ name: 'open-action', command: 'settleExecution' }])
    const withdrawn = given(...LOST).when(ada, 'withdrawAction', (world) => ({
      ...about(world),
      reason: 'x',
    }))
    expect(withdrawn.gives).toBe('stale')
  })
})
