import { describe, expect, it } from 'vitest'
import { given, requestIn, type Step, saying } from '../act/given.fixture'
import { ada, as, type assistant, chiara, dev, executor, grace, hugo, signedIn } from '../act/people.fixture'
import {
  ACCEPTED,
  APPROVED,
  about,
  PLANNED,
  PROPOSED,
  planned,
  ROTATION,
  STARTED,
} from '../act/story.fixture'

const approve = saying('approve')
const refuse = saying('refuse')
const approver = (who: typeof ada) => as(who, 'analyst', 'approver')
const proposedBy = (who: typeof ada | typeof assistant, target = ROTATION.nhi): Step[] => [
  ...ACCEPTED,
  ...(target === ROTATION.nhi ? [] : ([[ada, 'linkNhi', { nhi: target, reason: 'It says so.' }]] as Step[])),
  [who, 'proposeAction', { ...ROTATION, nhi: target }],
  [executor, 'recordPlan', planned],
]

describe('an approval', () => {
  it('is a person’s, of this revision, bound to its digest, and makes the action ready', () => {
    const { events, state } = given(...PLANNED).when(chiara, 'approveAction', approve)
    const request = requestIn(state)
    expect(events).toMatchObject([
      {
        type: 'approval.recorded',
        data: {
          decision: 'approve',
          approver: 'usr_chiara',
          revision: 1,
          method: 'fresh-sign-in',
          dwell_ms: 4_000,
          as_owner: false,
          action_digest: request.digest,
        },
      },
    ])
    expect(request.phase).toBe('approved')
  })

  it('C45: says how long its author had looked at the change', () => {
    for (const dwell_ms of [0, 41_000]) {
      const input = (...seen: Parameters<typeof approve>) => ({ ...approve(...seen), dwell_ms })
      const { events } = given(...PLANNED).when(chiara, 'approveAction', input)
      expect(events).toMatchObject([{ data: { dwell_ms } }])
    }
  })

  it('waits for the plan, so that nobody approves what they have not seen', () => {
    expect(given(...PROPOSED).when(chiara, 'approveAction', approve).gives).toBe('stale')
  })

  it('C03: is never given by time or silence', () => {
    expect(
      requestIn(given(...PLANNED, { minutes: 7 * 60 }, [ada, 'addComment', { text: 'Anyone?' }]).state).phase,
    ).toBe('awaiting-approval')
    expect(given(...PLANNED).when(ada, 'startExecution', about).gives).toBe('gate')
  })

  it('C06: comes before the request has expired', () => {
    const fresh = { ...chiara, auth: { ...chiara.auth, auth_time: chiara.auth.auth_time + 8 * 3_600 } }
    const almost = given(...PLANNED, { minutes: 8 * 60 - 1 })
    expect(almost.when(fresh, 'approveAction', approve).gives).toEqual(['approval.recorded'])
    expect(given(...PLANNED, { minutes: 8 * 60 }).when(fresh, 'approveAction', approve).gives).toBe('stale')
  })

  it('C08: needs a fresh sign-in where the risk asks for one, and only the record’s word for it', () => {
    const missing = { ...chiara, auth: { ...chiara.auth, auth_time: Number.NaN } }
    expect(given(...PLANNED).when(signedIn(chiara, 15), 'approveAction', approve).gives).toEqual([
      'approval.recorded',
    ])
    expect(given(...PLANNED).when(signedIn(chiara, 16), 'approveAction', approve).gives).toBe(
      'assurance_required',
    )
    expect(given(...PLANNED).when(missing, 'approveAction', approve).gives).toBe('assurance_required')
    expect(given(...PLANNED).when(signedIn(chiara, 600), 'refuseAction', refuse).gives).toEqual([
      'approval.recorded',
    ])
  })

  it('C08: of a high risk needs a passkey, which no session replaces', () => {
    for (const target of ['nhi_orders-admin', 'nhi_orders-root']) {
      expect(given(...proposedBy(ada, target)).when(chiara, 'approveAction', approve).gives).toBe(
        'assurance_required',
      )
    }
  })
})

describe('a refusal', () => {
  it('ends the request', () => {
    const { state } = given(...PLANNED).when(chiara, 'refuseAction', refuse)
    expect(requestIn(state)).toMatchObject({
      phase: 'refused',
      approvals: [{ decision: 'refuse', reason: 'Not now.' }],
    })
    const refused = given(...PLANNED, [chiara, 'refuseAction', refuse])
    expect(refused.when(approver(grace), 'approveAction', approve).gives).toBe('stale')
    expect(refused.when(ada, 'startExecution', about).gives).toBe('gate')
  })

  it('is possible after the last approval, even from who gave it, until the execution is started', () => {
    for (const actor of [chiara, approver(grace)]) {
      expect(requestIn(given(...APPROVED).when(actor, 'refuseAction', refuse).state).phase).toBe('refused')
    }
    expect(given(...STARTED).when(chiara, 'refuseAction', refuse).gives).toBe('stale')
  })

  it('is the target’s owner’s right at any risk', () => {
    const { events } = given(...PLANNED).when(dev, 'refuseAction', refuse)
    expect(events).toMatchObject([{ data: { as_owner: true, decision: 'refuse' } }])
    expect(given(...PLANNED).when(hugo, 'refuseAction', refuse).gives).toBe('forbidden')
  })
})
