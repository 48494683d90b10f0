import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BEGINNING, given, happen, type Step, type World } from '../act/given.fixture'
import { ada, as, bruno, chiara, dev, esther, executor, farid, signedIn, worker } from '../act/people.fixture'
import { CLOSED, EXECUTED, MESSAGE, PLANNED, PROMOTED } from '../act/story.fixture'
import { NO_CASE } from './case'
import { isErasable, leftOf } from './erasable'
import {
  COMMENTED,
  HELD,
  KNOWN,
  REQUESTED,
  RULED,
  readingBack,
  SECRET_WORDS,
  standing,
  waiting,
} from './erasure.fixture'
import type { CaseEvent } from './event'
import { evolve } from './evolve'
import { gate } from './gates'
import { anyMove, walked } from './walk.fixture'

const reason = 'A customer asked for it.'
const told = (steps: readonly Step[]): World => steps.reduce(happen, BEGINNING)
const fresh = signedIn(chiara, 0)

/** The story so far, with what the record says of it at hand. */
const knowing = (steps: readonly Step[]): Step[] => [...steps, readingBack(steps, told)]

describe('C36: erasing', () => {
  it('takes one person who asks and says why, and another who agrees; then the body goes with what it said', () => {
    const { events, gives, state } = given(...REQUESTED).when(fresh, 'agreeErasure', waiting)
    expect(gives).toEqual(['erasure.agreed', 'event.redacted'])
    expect(events[1]?.data).toMatchObject({ seq: 2, left: { text: '[erased]' }, reason, rule: null })
    expect(JSON.stringify([events, state])).not.toContain(SECRET_WORDS)
    expect(state).toMatchObject({ erasures: [], erased: [2], comments: 1 })
  })

  it('is not agreed to by who asked, by an agent of theirs, nor by who said it', () => {
    const asked = given(...REQUESTED)
    const everything = as(ada, 'analyst', 'approver', 'admin')
    expect(asked.when(everything, 'agreeErasure', waiting).gives).toBe('separation_of_duties')
    expect(asked.when(signedIn(bruno, 0), 'agreeErasure', waiting).gives).toBe('separation_of_duties')
    for (const machine of [executor, worker])
      expect(asked.when(machine, 'agreeErasure', waiting).gives).toBe('separation_of_duties')
  })

  it('needs a sign-in within the last 15 minutes', () => {
    const asked = given(...REQUESTED)
    expect(asked.when(signedIn(chiara, 14), 'agreeErasure', waiting).refusal).toBeNull()
    for (const minutes of [16, -1])
      expect(asked.when(signedIn(chiara, minutes), 'agreeErasure', waiting).gives).toBe('assurance_required')
  })

  it('is refused with a reason, or taken back, and then waits no longer', () => {
    const { state } = given(...REQUESTED).when(ada, 'refuseErasure', (world) => ({
      ...waiting(world),
      reason,
    }))
    expect(state.erasures).toEqual([])
    const after: Step[] = [
      ...REQUESTED,
      [chiara, 'refuseErasure', (world: World) => ({ ...waiting(world), reason })],
    ]
    expect(given(...after).when(fresh, 'agreeErasure', { erasure: 'era_1' }).gives).toBe('stale')
  })

  it('is asked for once, and happens once', () => {
    expect(given(...REQUESTED).when(ada, 'requestErasure', { seqs: [2], reason }).gives).toBe('duplicate')
    const gone: Step = {
      facts: (facts) => ({ ...facts, said: facts.said.map((each) => ({ ...each, data: null })) }),
    }
    const again = given(...COMMENTED, KNOWN, gone).when(ada, 'requestErasure', { seqs: [2], reason })
    expect(again.gives).toBe('duplicate')
    expect(given(...COMMENTED).when(ada, 'requestErasure', { seqs: [99], reason }).gives).toBe('not_found')
  })

  it('does not reach what decides, moves or proves: each such event says so', () => {
    const story = [...knowing(CLOSED)]
    const structure = told(CLOSED).kept.filter(({ event }) => !isErasable(event))
    expect(new Set(structure.map(({ event }) => event.type))).toEqual(
      new Set([
        ...['case.state', 'case.assigned', 'assignment.accepted', 'owner.notified', 'action.requested'],
        ...['action.planned', 'approval.recorded', 'execution.started', 'warrant.issued', 'warrant.redeemed'],
        ...['evidence.attached', 'action.executed', 'verification.recorded'],
      ]),
    )
    for (const { meta } of structure) {
      const { refusal } = given(...story).when(ada, 'requestErasure', { seqs: [meta.seq], reason })
      expect(refusal).toMatchObject({ code: 'not_erasable', field: 'seqs' })
    }
  })

  it('waits for an action that may still have to try the secret', () => {
    const sealed = { kind: 'sealed-secret', sha256: '5'.repeat(64), bytes: 9, media_type: 'application/json' }
    const attach: Step = [
      worker,
      'attachEvidence',
      { ...sealed, name: 'x', source: 'x', tool: null, trust: 'delivered' },
    ]
    const open = [...PLANNED, attach]
    const seq = told(open).kept.length - 1
    expect(given(...knowing(open)).when(ada, 'requestErasure', { seqs: [seq], reason }).gives).toBe('gate')
    const done = [...PROMOTED, attach]
    const later = told(done).kept.length - 1
    expect(given(...knowing(done)).when(ada, 'requestErasure', { seqs: [later], reason }).refusal).toBeNull()
  })

  it('keeps out what somebody writes in chat over words that were erased', () => {
    const story = knowing(PROMOTED)
    const asked: Step[] = [...story, [ada, 'requestErasure', { seqs: [0], reason }]]
    const erased: Step[] = [...asked, [fresh, 'agreeErasure', waiting]]
    const { events } = given(...erased).when(worker, 'recordDrift', {
      message_id: MESSAGE.messages[0]?.message_id,
      change: 'edited',
      text: SECRET_WORDS,
      observed_at: '2026-03-02T08:00:00.000Z',
    })
    expect(events[0]?.data).toMatchObject({ change: 'edited', text: null })
  })
})

describe('C36: the state without what was erased', () => {
  const replayed = (kept: World['kept'], gone: ReadonlySet<number>) =>
    kept.reduce((state, { event, meta }) => {
      const left = gone.has(meta.seq) && isErasable(event) ? leftOf(event) : event.data
      return evolve(state, { type: event.type, data: left } as CaseEvent, meta)
    }, NO_CASE)

  it('is the same whether the words go later or had never been there, and no gate reads otherwise', () => {
    const story = fc.array(anyMove, { minLength: 20, maxLength: 80, size: 'max' })
    fc.assert(
      fc.property(story, fc.array(fc.nat()), (moves, chances) => {
        const { kept, state, now } = walked(moves)
        const erasable = kept.filter(({ event }) => isErasable(event))
        if (!erasable.length) return
        const gone = new Set(chances.map((chance) => erasable[chance % erasable.length]?.meta.seq ?? 0))
        const redact = (before: typeof state) =>
          [...gone].reduce((so, seq, index) => {
            const data = { seq, erasure: 'era_1', rule: null, reason, type: '', at: now, body: '', left: {} }
            const actor = { id: 'usr_chiara', kind: 'human' as const }
            const meta = { stream: 'case_leak', seq: kept.length + index, at: now, actor }
            return evolve(so, { type: 'event.redacted', data: { ...data, actor } }, meta)
          }, before)
        const after = redact(state)
        expect(redact(replayed(kept, gone))).toEqual(after)
        expect(gate(after)).toEqual(gate(state))
        expect(after.stage).toBe(state.stage)
      }),
      { numRuns: 60 },
    )
  })

  it('holds none of the words, wherever they had come to stand', () => {
    const words = 'Quist'
    const story: Step[] = [
      ...EXECUTED,
      [ada, 'retitleCase', { title: words }],
      [bruno, 'addComment', { text: words }],
      [ada, 'linkNhi', { nhi: 'nhi_svc-reports', reason: words }],
      [
        ada,
        'attachEvidence',
        {
          ...{ sha256: '4'.repeat(64), bytes: 4, media_type: 'text/plain', name: words, kind: 'text' },
          ...{ source: words, tool: null, trust: 'typed' },
        },
      ],
      [
        ada,
        'requestException',
        { nhi: null, reason: words, owner: dev.id, until: '2026-04-01T00:00:00.000Z' },
      ],
      [ada, 'proposeNoAction', { reason: words }],
    ]
    const world = told(story)
    const seqs = world.kept.flatMap(({ event, meta }) =>
      JSON.stringify(event).includes(words) ? [meta.seq] : [],
    )
    expect(seqs).toHaveLength(6)
    const asked: Step[] = [...knowing(story), [farid, 'requestErasure', { seqs, reason }]]
    const { state, events } = given(...asked).when(fresh, 'agreeErasure', waiting)
    expect(JSON.stringify(state)).not.toContain(words)
    expect(JSON.stringify(state)).not.toContain('4'.repeat(64))
    expect(JSON.stringify(events)).not.toContain(words)
  })
})

describe('a legal hold', () => {
  it('keeps everything: neither people nor rules erase while it stands', () => {
    const held: Step[] = [...REQUESTED, [farid, 'placeHold', { reason }]]
    expect(given(...held).when(fresh, 'agreeErasure', waiting).gives).toBe('held')
    expect(given(...held).when(ada, 'requestErasure', { seqs: [2], reason }).gives).toBe('held')
    const ruled: Step[] = [
      ...CLOSED,
      KNOWN,
      RULED,
      [farid, 'placeHold', { reason }],
      { minutes: 60 * 24 * 40 },
    ]
    expect(given(...ruled).when(worker, 'eraseByRule', { rule: 'ret_1', seqs: [2] }).gives).toBe('held')
  })

  it('of the organisation does the same', () => {
    const everywhere: Step = { facts: (facts) => ({ ...facts, held: true }) }
    const { refusal } = given(...REQUESTED, everywhere).when(fresh, 'agreeErasure', waiting)
    expect(refusal).toMatchObject({ code: 'held', sentence: expect.stringContaining('organisation') })
  })

  it('is lifted by somebody else than who placed it, with a fresh sign-in', () => {
    expect(given(...HELD).when(farid, 'liftHold', standing).gives).toBe('separation_of_duties')
    expect(given(...HELD).when(signedIn(esther, 16), 'liftHold', standing).gives).toBe('assurance_required')
    const { state } = given(...HELD).when(esther, 'liftHold', standing)
    expect(state.holds).toEqual([])
  })

  it('is not lifted by who waits for it to end', () => {
    const asked: Step[] = [...COMMENTED, KNOWN, [farid, 'requestErasure', { seqs: [2], reason }]]
    const held: Step[] = [...asked, [esther, 'placeHold', { reason }]]
    expect(given(...held).when(farid, 'liftHold', standing).gives).toBe('separation_of_duties')
  })
})

describe('a retention rule', () => {
  const days = (many: number): Step => ({ minutes: 60 * 24 * many })
  const sweep = { rule: 'ret_1', seqs: [2] }

  it('erases what it names once the case has been closed for its time, and says which rule it was', () => {
    const closed = [...CLOSED, KNOWN, RULED]
    expect(given(...closed, { minutes: 60 * 24 * 30 - 1 }).when(worker, 'eraseByRule', sweep).gives).toBe(
      'stale',
    )
    const { events } = given(...closed, days(30)).when(worker, 'eraseByRule', sweep)
    expect(events[0]).toMatchObject({
      type: 'event.redacted',
      data: { rule: 'ret_1', erasure: null, seq: 2 },
    })
  })

  it('reaches no open case, no excepted category, nothing that it does not name, and nothing once it is stopped', () => {
    expect(given(...COMMENTED, KNOWN, RULED, days(90)).when(worker, 'eraseByRule', sweep).gives).toBe('stale')
    const except: Step = {
      facts: (facts) => ({
        ...facts,
        retention: facts.retention && { ...facts.retention, except: ['leaked-secret'] },
      }),
    }
    expect(given(...CLOSED, KNOWN, RULED, except, days(90)).when(worker, 'eraseByRule', sweep).gives).toBe(
      'stale',
    )
    const messages: Step = {
      facts: (facts) => ({
        ...facts,
        retention: facts.retention && { ...facts.retention, what: ['messages'] },
      }),
    }
    const kept = given(...CLOSED, KNOWN, RULED, messages, days(90)).when(worker, 'eraseByRule', sweep)
    expect(kept.gives).toBe('not_erasable')
    expect(given(...CLOSED, KNOWN, days(90)).when(worker, 'eraseByRule', sweep).gives).toBe('stale')
  })
})
