import { describe, expect, it } from 'vitest'
import { formatVkey, noteSigner } from '../record/note'
import { given, HALDEN, type Step, system } from './registry.fixture'

const keyOf = (origin: string) => formatVkey(noteSigner(origin, new Uint8Array(32).fill(1)))
const restarting = (origin: string): Step => [
  'restartLog',
  { vkey: keyOf(origin), checkpoint: 'a note', size: 120, held: 100, reason: 'restored from a backup' },
  system,
]

describe('a log that is started anew', () => {
  it('says which log it takes over from, how far that had got, and how much of it is left', () => {
    const { events, state } = given([...HALDEN, restarting('record.halden.example/2')])
    expect(events.map(({ type }) => type)).toEqual(['log.restarted', 'log-key.published'])
    expect(events[0]?.data).toMatchObject({
      from: 'record.halden.example',
      origin: 'record.halden.example/2',
      size: 120,
      held: 100,
    })
    expect(state).toMatchObject({
      origin: 'record.halden.example/2',
      log_keys: [keyOf('record.halden.example/2')],
    })
  })

  it('has a name that was never used', () => {
    expect(given([...HALDEN, restarting('record.halden.example')]).refusal?.code).toBe('duplicate')
    const twice = [...HALDEN, restarting('a.example'), restarting('b.example'), restarting('a.example')]
    expect(given(twice).refusal?.code).toBe('duplicate')
  })
})
