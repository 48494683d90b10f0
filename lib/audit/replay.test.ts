import { describe, expect, test } from 'vitest'
import { CASE } from '../act/given.fixture'
import { ada, chiara, esther, executor, hugo } from '../act/people.fixture'
import type { Organisation } from '../act/perform.fixture'
import { APPROVED, CLOSED, CONTEXT, PLANNED, PROMOTED } from '../act/story.fixture'
import type { Case } from '../case/case'
import { leftOf } from '../case/erasable'
import { policies } from '../policy/policies.fixture'
import { kept, recorded, theirs } from './audit.fixture'
import { NOT_KEPT } from './judge'
import { withLeft } from './recorded'
import { frameAt, judgements, policySetsOf, stops } from './replay'
import type { Frame } from './view'

const idOf = ({ ledger }: Organisation) => ({
  request: (ledger.streams.get(CASE)?.state as Case | undefined)?.requests.at(-1)?.id,
})
const last = (events: readonly unknown[]) => events.length - 1

describe('a replay', () => {
  test('says who could do what at that moment, by their roles and relations of then', async () => {
    const all = await kept(PLANNED)
    const later = recorded(
      'registry',
      99,
      'member.roles',
      { member: 'usr_chiara', from: ['approver'], to: ['reporter'], reason: 'x' },
      '2027-01-01T00:00:00.000Z',
    )
    const earlier = { ...later, at: '2026-03-01T09:00:00.000Z' }
    const may = (frame: Frame | null, who: string, command: string) =>
      frame?.people
        .find((each) => each.who.id === who || each.alike.some(({ id }) => id === who))
        ?.offers.find((offer) => offer.command === command)?.open
    const now = frameAt({ ...all, registry: [...all.registry, later] }, last(all.events), theirs)
    expect(may(now, 'usr_chiara', 'approveAction')).toBe(true)
    expect(may(now, 'usr_ada', 'approveAction')).toBe(false)
    expect(may(now, 'usr_ada', 'amendAction')).toBe(true)
    expect(may(now, 'usr_hugo', 'amendAction')).toBe(false)
    expect(may(now, 'usr_esther', 'exportCase')).toBe(true)
    expect(now?.people.find(({ who }) => who.id === 'usr_ada')?.relations).toEqual([
      'assignee',
      'asked for the action',
    ])
    const without = frameAt(
      {
        ...all,
        registry: [
          ...all.registry.filter(({ envelope }) => envelope?.data.member !== 'usr_chiara'),
          recorded('registry', 1, 'member.added', {
            member: 'usr_chiara',
            name: 'Chiara Lind',
            email: 'c@halden.example',
            roles: ['approver'],
            team: null,
          }),
          earlier,
        ],
      },
      last(all.events),
      theirs,
    )
    expect(may(without, 'usr_chiara', 'approveAction')).toBe(false)
  })

  test('says so where the policy set was not kept, and offers nobody anything', async () => {
    const all = await kept(PROMOTED)
    const frame = frameAt(all, 0, () => NOT_KEPT)
    expect(frame).toMatchObject({
      policy: { known: false },
      people: [],
      judged: { verdict: 'unjudged', again: null },
    })
    expect(frame?.judged.sentence).toContain('not kept')
  })

  test('C36 goes on from what is left of an erased event, and names it', async () => {
    const all = await kept(CLOSED)
    const gone = all.events.findIndex(({ type }) => type === 'case.confirmed')
    const event = all.events[gone]?.envelope as unknown as Parameters<typeof leftOf>[0] & { actor: object }
    const { type, at, hash, seq } = all.events[gone] ?? { type: '', at: '', hash: '', seq: -1 }
    const said = { seq, body: hash, type, at, actor: event.actor, left: leftOf(event) }
    const redacted = recorded(CASE, all.events.length, 'event.redacted', {
      ...{ ...said, erasure: 'era_1', rule: null, reason: 'A name stood in it.' },
    })
    const whole = { ...all, events: [...all.events, redacted] }
    const events = withLeft(whole.events.map((one) => (one.seq === seq ? { ...one, envelope: null } : one)))
    const inForce = recorded('registry', 90, 'policy.activated', { bundle: policies.bundle, policies: [] })
    const known = { ...all, events, registry: [...all.registry, inForce] }
    expect(frameAt(known, gone, theirs)?.people).toEqual(frameAt(whole, gone, theirs)?.people)
    expect(policySetsOf({ ...known, events: events.slice(gone, gone + 1) })).toEqual([policies.bundle])
    const frame = frameAt({ ...all, events }, gone, theirs)
    expect(frame).toMatchObject({ people: [], policy: { known: false } })
    expect(frame?.changed).toEqual(frameAt(whole, gone, theirs)?.changed)
    expect(frame).toMatchObject({ erased: [gone], lost: [], judged: { verdict: 'unjudged', recorded: null } })
    const after = frameAt({ ...all, events }, last(events), theirs)
    expect(after?.state).toEqual(frameAt(whole, last(events), theirs)?.state)
    expect(after?.erased).toEqual([gone])
    expect(stops(events)[gone]).toMatchObject({ type: 'case.confirmed', erased: true })
    expect(stops(events).map(({ stage }) => stage)).toEqual(stops(whole.events).map(({ stage }) => stage))
  })

  test('C36 believes nothing about what is left where the digest is another one', async () => {
    const all = await kept(PROMOTED)
    const { type, at, actor } = all.events[0] ?? { type: '', at: '', actor: '' }
    const said = { seq: 0, body: 'f'.repeat(64), type, at, actor: { id: actor, kind: 'human' }, left: {} }
    const events = withLeft([
      ...all.events.map((event) => ({ ...event, envelope: null })),
      recorded(CASE, all.events.length, 'event.redacted', {
        ...said,
        erasure: null,
        rule: null,
        reason: 'x',
      }),
    ])
    expect(frameAt({ ...all, events }, 0, theirs)).toMatchObject({ erased: [0], lost: [0], changed: [] })
  })

  test('C36 passes over an event that is gone without a word, and names it', async () => {
    const all = await kept(CLOSED)
    const events = all.events.map((event) =>
      event.type === 'case.assigned' ? { ...event, envelope: null } : event,
    )
    const gone = events.findIndex(({ envelope }) => envelope === null)
    const frame = frameAt({ ...all, events }, gone, theirs)
    expect(frame).toMatchObject({
      erased: [gone],
      lost: [gone],
      changed: [],
      judged: { verdict: 'unjudged', recorded: null },
    })
    expect(frameAt({ ...all, events }, last(events), theirs)?.erased).toEqual([gone])
  })
})

describe('C11 a policy decision put to its policy set again', () => {
  test('is the same, for everything that people and machines did from the finding to its end', async () => {
    const all = await kept(CLOSED)
    const found = judgements(all, theirs)
    expect(found.map(({ seq }) => seq)).toEqual(all.events.map(({ seq }) => seq))
    expect(found.filter(({ judged }) => judged.verdict !== 'same')).toEqual([])
    expect(new Set(all.events.map(({ actor }) => actor))).toContain(executor.id)
  })

  test('is the same for what was refused, by policy and by the program', async () => {
    const all = await kept(APPROVED, async (organisation) => {
      const { does } = organisation
      await does(hugo, 'startExecution', idOf(organisation))
      await does(esther, 'addComment', { text: 'May I?' })
      await does(chiara, 'startExecution', idOf(organisation))
    })
    const refused = judgements(all, theirs).filter(({ judged }) => judged.recorded?.decision === 'deny')
    expect(refused.length).toBe(3)
    expect(refused.map(({ judged }) => [judged.verdict, judged.command])).toEqual([
      ['same', 'startExecution'],
      ['same', 'addComment'],
      ['same', 'startExecution'],
    ])
  })

  test('differs where the record says something that the policy set doesn’t', async () => {
    const all = await kept(PROMOTED, async ({ does }) => does(ada, 'confirmCase', CONTEXT))
    const forged = all.events.map((event) =>
      event.type === 'case.confirmed' && event.envelope
        ? {
            ...event,
            envelope: {
              ...event.envelope,
              policy: { ...event.envelope.policy, rule: 'approvers.everything' },
            },
          }
        : event,
    )
    const [judged] = judgements({ ...all, events: forged }, theirs).filter(
      ({ judged: each }) => each.verdict === 'differs',
    )
    expect(judged?.judged).toMatchObject({
      command: 'confirmCase',
      again: { decision: 'allow', rules: ['analysts.confirm'] },
    })
    expect(judged?.judged.sentence).toContain('approvers.everything')
  })

  test('differs where somebody acted with a role that they didn’t have then', async () => {
    const all = await kept(PROMOTED, async ({ does }) => does(ada, 'confirmCase', CONTEXT))
    const registry = all.registry.map((event) =>
      event.envelope?.data.member === 'usr_ada'
        ? { ...event, envelope: { ...event.envelope, data: { ...event.envelope.data, roles: ['reporter'] } } }
        : event,
    )
    const [judged] = judgements({ ...all, registry }, theirs).filter(
      ({ judged: each }) => each.command === 'confirmCase',
    )
    expect(judged?.judged).toMatchObject({
      verdict: 'differs',
      again: { decision: 'deny', rules: ['default.deny'] },
    })
  })
})
