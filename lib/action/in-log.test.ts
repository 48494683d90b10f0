import { describe, expect, it } from 'vitest'
import type { Facts } from '../act/facts'
import { given, outcomeOf, requestIn, type World } from '../act/given.fixture'
import { ada, executor } from '../act/people.fixture'
import { STARTED, warranted } from '../act/story.fixture'
import type { RiskTier } from './event'

/** The story up to its warrant, as if the action had been approved at this tier. */
function started(tier: RiskTier, covered: Pick<Facts, 'sealed' | 'witnessed'>): World {
  const { world } = given(...STARTED)
  const requests = world.state.requests.map((each) => ({ ...each, quorum: { ...each.quorum, tier } }))
  return { ...world, state: { ...world.state, requests }, facts: { ...world.facts, ...covered } }
}
const [approval] = requestIn(given(...STARTED).state).approvals
const seq = approval?.seq ?? Number.NaN
const asked = (world: World) => outcomeOf(world, executor, 'issueWarrant', warranted())

describe('C24 C26 the warrant of a critical action', () => {
  it('waits until its approvals are sealed, and then until they are witnessed', () => {
    expect(asked(started('critical', { sealed: seq, witnessed: 0 })).gives).toBe('not_sealed')
    expect(asked(started('critical', { sealed: seq + 1, witnessed: 0 })).gives).toBe('not_witnessed')
    expect(asked(started('critical', { sealed: seq + 9, witnessed: seq })).gives).toBe('not_witnessed')
    expect(asked(started('critical', { sealed: seq + 1, witnessed: seq + 1 })).gives).toEqual([
      'warrant.issued',
    ])
  })

  it('is refused with a sentence, and with where to look', () => {
    const { refusal } = asked(started('critical', { sealed: seq + 1, witnessed: 0 }))
    expect(refusal?.sentence).toContain('too few witnesses have signed')
    expect(refusal?.remedy).toContain('Settings, Witnesses')
  })

  it('waits for no witness where none is asked', () => {
    expect(asked(started('critical', { sealed: seq + 1, witnessed: null })).gives).toEqual(['warrant.issued'])
  })

  it.each(['medium', 'high'] as const)('of %s risk waits for the seal alone', (tier) => {
    expect(asked(started(tier, { sealed: seq, witnessed: seq })).gives).toBe('not_sealed')
    expect(asked(started(tier, { sealed: seq + 1, witnessed: 0 })).gives).toEqual(['warrant.issued'])
  })
})

it('nothing else waits for a witness: people go on with the case', () => {
  const world = started('critical', { sealed: 0, witnessed: 0 })
  expect(outcomeOf(world, ada, 'addComment', { text: 'Is the witness down?' }).refusal).toBeNull()
})
