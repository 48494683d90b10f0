import { describe, expect, it } from 'vitest'
import { given, type Step } from '../act/given.fixture'
import { ada, bruno, chiara, dev, grace, withMember, worker } from '../act/people.fixture'
import {
  ACCEPTED,
  APPROVED,
  about,
  CLOSED,
  EXCEPTED,
  EXECUTED,
  excepted,
  judged,
  PROPOSED,
  ROTATION,
  STARTED,
  TO_VERIFY,
  TOLERATED,
  UNTIL,
  VERIFIED,
} from '../act/story.fixture'
import { LONGEST_EXCEPTION_DAYS } from './exception'

const reason = 'Because.'
const close = (disposition: string) => [ada, 'closeCase', { disposition, summary: 'Done.' }] as const
const onward: Step = [ada, 'advanceCase', { to: 'verify' }]
const FAILED: Step[] = [
  ...TO_VERIFY,
  [grace, 'recordVerification', judged('failed', { note: 'It still works.' })],
]
/** One more rotation, from its proposal to its execution. */
const again: Step[] = EXECUTED.slice(ACCEPTED.length)

describe('leaving act', () => {
  it('needs an executed action, an exception, or an agreement; and nothing left open', () => {
    expect(given(...ACCEPTED).when(...onward).refusal?.missing?.[0]?.name).toBe('action')
    expect(given(...EXECUTED).when(...onward).state.stage).toBe('verify')
    expect(given(...EXCEPTED).when(...onward).state.stage).toBe('verify')
    const open: Step = [bruno, 'proposeAction', { ...ROTATION, nhi: 'nhi_svc-orders' }]
    for (const steps of [PROPOSED, APPROVED, STARTED, [...EXECUTED, open]]) {
      expect(given(...steps).when(...onward).refusal?.missing?.[0]?.name).toBe('open-action')
    }
  })

  it('is not possible on a withdrawn or refused action alone', () => {
    const withdrawn: Step[] = [...PROPOSED, [ada, 'withdrawAction', (world) => ({ ...about(world), reason })]]
    expect(given(...withdrawn).when(...onward).refusal?.missing?.[0]?.name).toBe('action')
  })
})

describe('C65: what was changed is verified before the case closes', () => {
  it('closing without it is refused, by name', () => {
    const { gives, refusal } = given(...TO_VERIFY).when(...close('remediated'))
    expect([gives, refusal?.missing?.[0]?.name]).toEqual(['gate', 'verification'])
    expect(given(...VERIFIED).when(...close('remediated')).state).toMatchObject({
      stage: 'closed',
      disposition: 'remediated',
    })
  })

  it('a failed verification returns the case to act, and another action must follow it', () => {
    expect(given(...FAILED).state.stage).toBe('act')
    const { refusal } = given(...FAILED).when(...onward)
    expect(refusal?.missing?.[0]).toMatchObject({ name: 'action', command: 'proposeAction' })
    const repaired = given(...FAILED, { minutes: 1 }, ...again, onward, [
      grace,
      'recordVerification',
      judged('passed'),
    ])
    expect(repaired.when(...close('remediated')).state.stage).toBe('closed')
  })

  it('a failure is not made good by an action on something else, nor by one from before', () => {
    const other: Step[] = again.map((step) =>
      Array.isArray(step) && step[1] === 'proposeAction'
        ? [ada, 'proposeAction', { ...ROTATION, nhi: 'nhi_svc-reports' }]
        : step,
    ) as Step[]
    const link: Step = [ada, 'linkNhi', { nhi: 'nhi_svc-reports', reason }]
    const elsewhere = given(...FAILED, link, { minutes: 1 }, ...other)
    expect(elsewhere.when(...onward).refusal?.missing?.[0]?.name).toBe('action')
    const twice: Step[] = [...EXECUTED, { minutes: 1 }, ...again, onward]
    const [one, two] = given(...twice).state.requests.map((request) => request.id)
    const verified: Step = [
      grace,
      'recordVerification',
      (world) => ({ ...judged('passed')(world), request: one }),
    ]
    const failed: Step = [
      grace,
      'recordVerification',
      (world) => ({ ...judged('failed')(world), request: two }),
    ]
    const before = given(...twice, verified, { minutes: 1 }, failed)
    expect(before.when(...onward).refusal?.missing?.[0]?.name).toBe('action')
  })

  it('or the risk that is left is accepted, and then that is the outcome', () => {
    const accepted = given(...FAILED, ...EXCEPTED.slice(ACCEPTED.length), onward)
    expect(accepted.when(...close('remediated')).gives).toBe('invalid')
    expect(accepted.when(...close('risk-accepted')).state.disposition).toBe('risk-accepted')
  })
})

describe('C20: an exception', () => {
  const ask = (changes: object) =>
    [ada, 'requestException', { nhi: null, reason, owner: 'usr_dev', until: UNTIL, ...changes }] as const

  it('has an end within the longest term, an owner who is a member, and an identity of this case', () => {
    const longest = new Date(Date.parse('2026-03-02T08:00:00.000Z') + LONGEST_EXCEPTION_DAYS * 86_400_000)
    const beyond = new Date(longest.getTime() + 1)
    const case_ = given(...ACCEPTED)
    expect(case_.when(...ask({ until: longest.toISOString() })).gives).toEqual(['exception.requested'])
    expect(case_.when(...ask({ until: beyond.toISOString() })).gives).toBe('invalid')
    expect(case_.when(...ask({ until: '2026-03-02T08:00:00.000Z' })).gives).toBe('invalid')
    expect(() => case_.when(...ask({ until: undefined }))).toThrow()
    expect(case_.when(...ask({ owner: 'usr_nobody' })).gives).toBe('not_found')
    expect(case_.when(...ask({ nhi: 'nhi_svc-reports' })).gives).toBe('not_found')
    const gone = given(...ACCEPTED, { facts: (facts) => withMember(facts, 'usr_dev', { active: false }) })
    expect(gone.when(...ask({})).gives).toBe('not_found')
  })

  it('is granted or refused by somebody who neither asked for it nor would own it', () => {
    for (const command of ['grantException', 'refuseException'] as const) {
      const input = (world: Parameters<typeof excepted>[0]) => ({
        ...excepted(world),
        ...(command === 'refuseException' ? { reason } : {}),
      })
      expect(given(...TOLERATED).when(ada, command, input).gives).toBe('separation_of_duties')
      expect(given(...TOLERATED).when(dev, command, input).gives).toBe('separation_of_duties')
      expect(given(...TOLERATED).when(chiara, command, input).refusal).toBeNull()
      expect(given(...EXCEPTED).when(chiara, command, input).gives).toBe('stale')
    }
  })

  it('is not granted after its end, nor to an owner who has left', () => {
    const late = given(...TOLERATED, { minutes: 60 * 24 * 40 })
    expect(late.when(chiara, 'grantException', excepted).gives).toBe('stale')
    const gone = given(...TOLERATED, { facts: (facts) => withMember(facts, 'usr_dev', { active: false }) })
    expect(gone.when(chiara, 'grantException', excepted).gives).toBe('stale')
  })

  it('ends by itself, not before its time, and only once', () => {
    expect(given(...EXCEPTED).when(worker, 'expireException', excepted).gives).toBe('conflict')
    const ended: Step[] = [...EXCEPTED, { minutes: 60 * 24 * 40 }, [worker, 'expireException', excepted]]
    expect(given(...ended).state.exceptions[0]?.status).toBe('expired')
    expect(given(...ended).when(...onward).gives).toBe('gate')
    expect(given(...ended).when(worker, 'expireException', excepted).gives).toBe('stale')
  })

  it('reopens the case that rests on it: closed, or about to be', () => {
    const time: Step = { minutes: 60 * 24 * 40 }
    const closed = given(...EXCEPTED, onward, close('risk-accepted'), time).when(
      worker,
      'expireException',
      excepted,
    )
    expect(closed.gives).toEqual(['exception.expired', 'case.reopened', 'case.state'])
    expect(closed.state).toMatchObject({
      stage: 'act',
      disposition: null,
      assignee: 'usr_ada',
      accepted: true,
    })
    const verifying = given(...EXCEPTED, onward, time).when(worker, 'expireException', excepted)
    expect(verifying.gives).toEqual(['exception.expired', 'case.state'])
    expect(verifying.state.stage).toBe('act')
  })

  it('leaves alone a case that was remediated all the same', () => {
    const steps: Step[] = [...EXCEPTED, ...again, onward, { minutes: 60 * 24 * 40 }]
    expect(given(...steps).when(worker, 'expireException', excepted).gives).toEqual(['exception.expired'])
    expect(given(...CLOSED).state.disposition).toBe('remediated')
  })
})
