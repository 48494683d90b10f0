import { describe, expect, test } from 'vitest'
import { CLOSED } from '../act/story.fixture'
import { kept, theirs } from './audit.fixture'
import { frameAt, stops } from './replay'

// At each event everybody is asked about every command.
describe('a replay', () => {
  test('shows the state right after each event, and what it changed', async () => {
    const all = await kept(CLOSED)
    const stages = all.events.map((_, place) => frameAt(all, place, theirs)?.state.stage)
    expect([...new Set(stages)]).toEqual(['identify', 'confirm', 'assign', 'act', 'verify', 'closed'])
    const approved = all.events.findIndex(({ type }) => type === 'approval.recorded')
    const frame = frameAt(all, approved, theirs)
    expect(frame?.changed).toEqual(['actions', 'missing'])
    expect(frame?.state.actions).toMatchObject([{ phase: 'approved', approvals: 1, needed: 1 }])
    expect(stops(all.events)[approved]).toMatchObject({
      type: 'approval.recorded',
      stage: 'act',
      refused: false,
    })
    expect(frameAt(all, all.events.length, theirs)).toBeNull()
  })
})
