import { describe, expect, it } from 'vitest'
import { given, type Step } from '../act/given.fixture'
import { ada, as, assistant, bruno, executor, worker } from '../act/people.fixture'
import { ACCEPTED, CLOSED, PLANNED } from '../act/story.fixture'
import { isErasable, leftOf } from './erasable'
import { KNOWN } from './erasure.fixture'
import type { CaseEvent } from './event'

const input = { seq: 2, correction: 'It was 10:42, not 10:24.', reason: 'I misread the log.' }
const GONE: Step = {
  facts: (facts) => ({ ...facts, said: facts.said.map((each) => ({ ...each, data: null })) }),
}

describe('correcting an entry', () => {
  it('appends what is right, by number and digest of the entry that it is about', () => {
    const { events } = given(...ACCEPTED, KNOWN).when(bruno, 'correctEntry', input)
    expect(events).toEqual([
      {
        type: 'entry.corrected',
        data: { seq: 2, body: 'c'.repeat(64), text: input.correction, reason: input.reason },
      },
    ])
  })

  it.each<[string, Step[]]>([
    ['at work', ACCEPTED],
    ['with a change that waits for approval', PLANNED],
    ['after it was closed', CLOSED],
  ])(
    'changes nothing of a case %s: no stage, no gate, no approval, nothing that is computed',
    (_when, steps) => {
      const before = given(...steps, KNOWN)
      const after = before.when(ada, 'correctEntry', input)
      expect(after.gives).toEqual(['entry.corrected'])
      expect(after.state).toEqual(before.state)
    },
  )

  it('is of an entry that is there, and still says something', () => {
    const known = given(...ACCEPTED, KNOWN)
    expect(known.when(ada, 'correctEntry', { ...input, seq: 99 }).refusal).toMatchObject({
      code: 'not_found',
      field: 'seq',
    })
    expect(given(...ACCEPTED, KNOWN, GONE).when(ada, 'correctEntry', input).gives).toBe('stale')
  })

  it('C57 is a person’s: no agent, executor or process corrects the record, in whosever name', () => {
    const known = given(...ACCEPTED, KNOWN)
    for (const actor of [assistant, { ...assistant, onBehalfOf: 'usr_ada' }, executor, worker])
      expect(known.when(actor, 'correctEntry', input).gives).toBe('separation_of_duties')
    expect(known.when(as(bruno, 'analyst'), 'correctEntry', input).refusal).toBeNull()
  })

  it('C36 can be erased: what stays says which entry it is about, and nothing of what it said', () => {
    const [event] = given(...ACCEPTED, KNOWN).when(ada, 'correctEntry', input).events
    if (!event || !isErasable(event)) throw new Error('a correction can be erased')
    const left = leftOf(event) as Extract<CaseEvent, { type: 'entry.corrected' }>['data']
    expect(left).toEqual({ seq: 2, body: 'c'.repeat(64), text: '[erased]', reason: '[erased]' })
  })
})
