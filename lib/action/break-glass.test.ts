import { describe, expect, it } from 'vitest'
import { BROKEN, breaking, holdingKey, REASON, reviewed } from '../act/emergency.fixture'
import { given, outcomeOf, requestIn, type Step, saying } from '../act/given.fixture'
import {
  ada,
  as,
  assistant,
  bruno,
  chiara,
  dev,
  executor,
  farid,
  grace,
  ivo,
  withMember,
  worker,
} from '../act/people.fixture'
import { about, judged, PLANNED, redeemed, reported, warranted } from '../act/story.fixture'

const armed: Step[] = [...PLANNED, holdingKey('usr_ada')]
const RUN: Step[] = [
  ...BROKEN,
  [executor, 'issueWarrant', warranted()],
  [executor, 'redeemWarrant', redeemed],
  [executor, 'reportExecution', reported('succeeded')],
]
const CHECKED: Step[] = [
  ...RUN,
  [ada, 'advanceCase', { to: 'verify' }],
  [grace, 'recordVerification', judged('passed')],
]
const close = { disposition: 'remediated', summary: 'Rotated at night.' }

describe('C20: breaking the glass', () => {
  it('C20: lets the executor go ahead without approvals, with a reason, an owner and an end', () => {
    const { events, state } = given(...armed).when(ada, 'invokeBreakGlass', breaking)
    expect(events).toMatchObject([
      {
        type: 'breakglass.invoked',
        data: {
          invoker: 'usr_ada',
          reason: REASON,
          method: 'webauthn',
          action_digest: requestIn(state).digest,
          assertion_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
      { type: 'execution.started' },
    ])
    const { breakglass, expires_at } = requestIn(state)
    expect(Date.parse(breakglass?.expires_at ?? '') - Date.parse(breakglass?.at ?? '')).toBe(3_600_000)
    expect((breakglass?.expires_at ?? '') <= expires_at).toBe(true)
    expect(given(...RUN).state.requests[0]?.phase).toBe('executed')
  })

  it('C20: takes a reason, and a passkey of one’s own', () => {
    const without = given(...armed)
    expect(() =>
      without.when(ada, 'invokeBreakGlass', (w, a) => ({ ...breaking(w, a), reason: 'fire' })),
    ).toThrow()
    expect(
      without.when(ada, 'invokeBreakGlass', (w, a) => ({ ...breaking(w, a), passkey: null })).gives,
    ).toBe('assurance_required')
    const of = (user: string, revoked: string | null = null) =>
      given(...PLANNED, holdingKey(user, revoked)).when(ada, 'invokeBreakGlass', breaking)
    expect(of('usr_bruno').refusal?.rules).toEqual(['approval.key_of_another'])
    expect(of('usr_ada', '2026-01-01T00:00:00.000Z').refusal?.rules).toEqual(['approval.key_revoked'])
  })

  it('C05 C20: is for exactly the change that was shown: another statement signs something else', () => {
    const yes = given(...armed).when(ada, 'invokeBreakGlass', (world, actor) => ({
      ...breaking(world, actor),
      statement: saying('approve')(world, actor).statement,
    }))
    expect(yes.gives).toBe('stale')
  })

  it.each([
    ['the executor’s owner', as(ivo, 'analyst')],
    ['an agent', assistant],
    ['On Record itself', worker],
  ])('C20: is not for %s', (_, actor) => {
    expect(given(...armed).when(actor, 'invokeBreakGlass', breaking).gives).toBe('separation_of_duties')
  })

  it('C20: is not for what can’t be undone or reaches everything', () => {
    const critical = given(...armed)
    const request = requestIn(critical.state)
    const state = {
      ...critical.state,
      requests: [{ ...request, quorum: { ...request.quorum, tier: 'critical' as const } }],
    }
    const world = { ...critical.world, state }
    expect(outcomeOf(world, ada, 'invokeBreakGlass', breaking).gives).toBe('unsupported')
  })

  it('C20: ends by itself: no warrant after an hour, and the request waits for its approvals again', () => {
    const late = given(...BROKEN, { minutes: 60 })
    expect(late.when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
    expect(given(...BROKEN, { minutes: 59 }).when(worker, 'expireBreakGlass', about).gives).toBe('conflict')
    const { gives, state } = late.when(worker, 'expireBreakGlass', about)
    expect(gives).toEqual(['breakglass.expired'])
    expect(requestIn(state)).toMatchObject({ phase: 'awaiting-approval', breakglass: { expired: true } })
    expect(given(...RUN, { minutes: 60 }).when(worker, 'expireBreakGlass', about).gives).toBe('stale')
  })

  it('C20: gives no warrant before it is sealed, nor once whoever broke it has left', () => {
    const unsealed: Step = { facts: (facts) => ({ ...facts, sealed: 0 }) }
    expect(given(...BROKEN, unsealed).when(executor, 'issueWarrant', warranted()).gives).toBe('not_sealed')
    const left: Step = { facts: (facts) => withMember(facts, 'usr_ada', { active: false }) }
    expect(given(...BROKEN, left).when(executor, 'issueWarrant', warranted()).gives).toBe('stale')
  })

  it('C65: whoever broke it does not verify it', () => {
    const toVerify: Step[] = [
      ...PLANNED,
      holdingKey('usr_bruno'),
      [bruno, 'invokeBreakGlass', breaking],
      ...RUN.slice(BROKEN.length),
      [ada, 'advanceCase', { to: 'verify' }],
    ]
    expect(given(...toVerify).when(bruno, 'recordVerification', judged('passed')).gives).toBe(
      'separation_of_duties',
    )
  })
})

describe('C20: the review afterwards', () => {
  const [first, second]: [Step, Step] = [
    [chiara, 'reviewBreakGlass', reviewed('justified')],
    [farid, 'reviewBreakGlass', reviewed('unjustified')],
  ]

  it('C20: is two other people’s, and until both have spoken the case can’t close', () => {
    const missing = (...steps: Step[]) =>
      given(...CHECKED, ...steps)
        .when(ada, 'closeCase', close)
        .refusal?.missing?.map(({ name }) => name)
    expect(missing()).toEqual(['break-glass-review'])
    expect(missing(first)).toEqual(['break-glass-review'])
    expect(given(...CHECKED, first, second).when(ada, 'closeCase', close).gives).toEqual([
      'case.closed',
      'case.state',
    ])
  })

  it('C20: can’t be gone round by dismissing the case', () => {
    const back: Step[] = [...CHECKED, [ada, 'returnCase', { to: 'confirm', reason: 'Look again.' }]]
    const dismiss = { disposition: 'benign', reason: 'Nothing.' }
    expect(given(...back).when(bruno, 'dismissCase', dismiss).gives).toBe('gate')
    expect(given(...back, first, second).when(bruno, 'dismissCase', dismiss).gives).toContain(
      'case.dismissed',
    )
  })

  it('C20: stays due when the emergency ended unused, and when the action is amended or withdrawn', () => {
    const expired: Step[] = [...BROKEN, { minutes: 60 }, [worker, 'expireBreakGlass', about]]
    const amended = given(...expired, [
      ada,
      'amendAction',
      (world) => ({
        ...about(world),
        ...{ kind: 'postgres.rotate-password', nhi: 'nhi_svc-orders', params: { end_sessions: true } },
        ...{ purpose: 'The password has leaked.', reason: 'Sessions, too.' },
      }),
    ])
    expect(requestIn(amended.state)).toMatchObject({ phase: 'planning', breakglass: { reviews: [] } })
    const withdrawn = given(...expired, [
      ada,
      'withdrawAction',
      (world) => ({ ...about(world), reason: 'x' }),
    ])
    expect(withdrawn.when(chiara, 'reviewBreakGlass', reviewed('justified')).gives).toEqual([
      'breakglass.reviewed',
    ])
  })

  it.each([
    ['who broke it and asked for it', as(ada, 'approver')],
    ['the owner of an agent', assistant],
    ['On Record itself', worker],
  ])('C20: is not %s’s', (_, actor) => {
    expect(given(...BROKEN).when(actor, 'reviewBreakGlass', reviewed('justified')).gives).toBe(
      'separation_of_duties',
    )
  })

  it('C04 C20: counts people: the same one twice is one', () => {
    expect(given(...BROKEN, first).when(chiara, 'reviewBreakGlass', reviewed('justified')).gives).toBe(
      'conflict',
    )
    expect(given(...BROKEN, first).when(dev, 'reviewBreakGlass', reviewed('justified')).gives).toEqual([
      'breakglass.reviewed',
    ])
  })
})
