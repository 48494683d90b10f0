import { describe, expect, it, test } from 'vitest'
import { freshPair } from '../record/fresh-pair.test-support'
import { type KnownKey, keyInUse, knownKeys } from './keys'
import { complaints, farid, given, HALDEN, type Step, system } from './registry.fixture'
import { reactToKeys } from './rotate-keys'

const NOW = '2026-03-02T09:00:00.000Z'
const next = (...steps: readonly Step[]) => given([...HALDEN, ...steps])
const jwk = () => {
  const { x, y } = freshPair().publicKey.export({ format: 'jwk' })
  return { kty: 'EC', crv: 'P-256', x, y }
}
const FIRST = {
  warrant: { kid: 'w1', jwk: jwk() },
  token: { kid: 't1', jwk: jwk() },
  export: { key: 'ssh-ed25519 AAAA1', fingerprint: 'SHA256:1' },
  log: { vkey: 'v1' },
}
const SECOND = {
  warrant: { kid: 'w2', jwk: jwk() },
  token: { kid: 't2', jwk: jwk() },
  export: { key: 'ssh-ed25519 AAAA2', fingerprint: 'SHA256:2' },
  log: { vkey: 'v2' },
}
type Purpose = keyof typeof FIRST
const IDS = {
  warrant: ['w1', 'w2'],
  token: ['t1', 't2'],
  export: ['SHA256:1', 'SHA256:2'],
  log: ['v1', 'v2'],
} as const
const founded: Step = ['publishKeys', FIRST, system]
const order = (purpose: Purpose, overlap_hours: number | null = null): Step => [
  'rotateKey',
  { purpose, overlap_hours, reason: 'The yearly rotation.' },
  farid,
]
const carriedOut = (purpose: Purpose): Step => [
  'publishKeys',
  { rotation: 'rot_new', [purpose]: SECOND[purpose] },
  system,
]
const PURPOSES = Object.keys(FIRST) as Purpose[]

describe('C70 rotating a key', () => {
  test.each([
    ['warrant', '2026-03-02T09:02:00.000Z', '2026-03-02T10:02:00.000Z'],
    ['token', '2026-03-02T09:01:00.000Z', '2026-03-02T10:01:00.000Z'],
    ['export', '2026-03-02T09:00:10.000Z', '2026-03-03T09:00:10.000Z'],
    ['log', NOW, '2026-04-01T09:00:00.000Z'],
  ] as const)('of %s: the new one signs from %s, the old one is good until %s', (purpose, from, retires) => {
    const { events, state } = next(founded, order(purpose), carriedOut(purpose))
    const [before, after] = IDS[purpose]
    expect(events).toEqual([
      {
        type: `${purpose}-key.published`,
        data: { ...SECOND[purpose], rotation: 'rot_new', from, replaces: [before], retires },
      },
    ])
    const known = knownKeys(state)
    expect(known.filter((key) => key.purpose === purpose)).toEqual([
      { purpose, id: before, published: NOW, from: NOW, retires, retired: null },
      { purpose, id: after, published: NOW, from, retires: null, retired: null },
    ])
    expect(keyInUse(known, purpose, from)?.id).toBe(after)
    if (from > NOW) expect(keyInUse(known, purpose, NOW)?.id).toBe(before)
    expect(state.rotations).toEqual([])
    expect(events.flatMap(reactToKeys)).toEqual([
      {
        job: 'retire-key',
        payload: { purpose, id: before },
        key: `retire:${purpose}:${before}`,
        at: retires,
      },
    ])
  })

  test.each(PURPOSES)('of %s is ordered once at a time, and the worker is told', (purpose) => {
    const { events, refusal } = next(founded, order(purpose, 5))
    expect(refusal).toBeNull()
    const data = { rotation: 'rot_new', purpose, overlap_hours: 5, reason: 'The yearly rotation.' }
    expect(events).toEqual([{ type: 'key.rotation-ordered', data }])
    expect(events.flatMap(reactToKeys)).toEqual([
      { job: 'rotate-key', payload: { rotation: 'rot_new', purpose }, key: 'rotate:rot_new' },
    ])
    expect(next(founded, order(purpose), order(purpose)).refusal?.code).toBe('duplicate')
    expect(next(founded, order(purpose), carriedOut(purpose), order(purpose)).refusal).toBeNull()
  })

  it('is carried out once, and only as ordered', () => {
    expect(next(founded, order('log'), carriedOut('log'), carriedOut('log')).refusal?.code).toBe('duplicate')
    expect(next(founded, order('log'), carriedOut('export')).refusal?.code).toBe('duplicate')
    expect(next(founded, carriedOut('log')).refusal?.code).toBe('duplicate')
  })

  it('takes a purpose that signs, a reason and an overlap of at most 400 days', () => {
    expect(complaints('rotateKey', { purpose: 'fingerprint', reason: 'x' })[0]).toMatch(/purpose/)
    expect(complaints('rotateKey', { purpose: 'log' })[0]).toMatch(/reason/)
    for (const overlap_hours of [-1, 9_601, 1.5])
      expect(complaints('rotateKey', { purpose: 'log', reason: 'x', overlap_hours })[0]).toMatch(
        /overlap_hours/,
      )
  })
})

describe('C70 retiring a key', () => {
  const retire = (purpose: Purpose, id: string): Step => ['retireKey', { purpose, id }, system]

  test.each(PURPOSES)('of %s leaves the newer one in use, and happens once', (purpose) => {
    const [before, after] = IDS[purpose]
    // Without an overlap, and for keys that sign at once, its time is over at once.
    const rotated = [founded, order(purpose, 0), carriedOut(purpose)] as const
    const { events, refusal, state } = next(...rotated, retire(purpose, before))
    if (purpose !== 'log') return void expect(refusal?.code).toBe('gate')
    expect(events).toEqual([{ type: 'log-key.retired', data: { vkey: before } }])
    expect(knownKeys(state).find(({ id }) => id === before)).toMatchObject({ retired: NOW })
    expect(keyInUse(knownKeys(state), purpose, NOW)?.id).toBe(after)
    expect(next(...rotated, retire(purpose, before), retire(purpose, before)).refusal?.code).toBe('duplicate')
  })

  it('is refused before its time, for one that nothing replaces, and for one that nobody knows', () => {
    expect(next(founded, order('log'), carriedOut('log'), retire('log', 'v1')).refusal?.code).toBe('gate')
    expect(next(founded, retire('log', 'v1')).refusal?.code).toBe('gate')
    expect(next(founded, retire('log', 'v9')).refusal?.code).toBe('not_found')
  })
})

it('C70 a key of before there were rotations is good since ever', () => {
  const { key_lives: _, rotations: __, token_keys: ___, ...older } = next(founded).state
  const known: KnownKey[] = knownKeys(older)
  expect(known.map(({ id }) => id)).toEqual(['v1', 'SHA256:1', 'w1'])
  expect(keyInUse(known, 'log', NOW)).toEqual({
    purpose: 'log',
    id: 'v1',
    published: '',
    from: '',
    retires: null,
    retired: null,
  })
})
