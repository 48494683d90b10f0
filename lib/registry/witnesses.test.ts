import { describe, expect, it } from 'vitest'
import { cosigner } from '../record/cosignature'
import { formatVkey, noteSigner } from '../record/note'
import { parsePolicy } from '../record/policy-file'
import { NO_REGISTRY } from './registry'
import { complaints, given, HALDEN, type Step } from './registry.fixture'
import { addWitness, witnessPolicyLines } from './witnesses'

const seed = (byte: number) => new Uint8Array(32).fill(byte)
const keyOf = (byte: number, name = `witness${byte}.example/w`) => formatVkey(cosigner(name, seed(byte)))
const adding = (byte: number): Step => [
  'addWitness',
  { vkey: keyOf(byte), url: `https://witness${byte}.example/` },
]
const quorum = (count: number): Step => [
  'setWitnessQuorum',
  { quorum: count, reason: 'two of our suppliers' },
]
const removing = (byte: number): Step => ['removeWitness', { vkey: keyOf(byte), reason: 'they gave up' }]
const next = (...steps: Step[]) => given([...HALDEN, ...steps])

describe('witnesses', () => {
  it('are known by their key, their name and where they are asked; the first is enough until somebody says otherwise', () => {
    const { events, state } = next(adding(1))
    const added = { vkey: keyOf(1), name: 'witness1.example/w', url: 'https://witness1.example' }
    expect(events).toEqual([
      { type: 'witness.added', data: added },
      { type: 'witness.quorum', data: { from: 0, to: 1, reason: 'the first witness' } },
    ])
    expect([state.witnesses, state.witness_quorum]).toEqual([[added], 1])
    expect(next(adding(1), adding(2)).events.map(({ type }) => type)).toEqual(['witness.added'])
  })

  it('count once, whatever they are called', () => {
    const again: Step = ['addWitness', { vkey: keyOf(1, 'another.name/w'), url: 'https://elsewhere.example' }]
    expect(next(adding(1), again).refusal).toMatchObject({ code: 'duplicate', field: 'vkey' })
  })

  it('are asked over HTTPS, or on this very machine by an installation that is on it, too', () => {
    const input = (url: string) => ({ vkey: keyOf(1), url })
    const local = 'http://localhost:3000'
    expect(addWitness(NO_REGISTRY, input('http://127.0.0.1:4500'), local)).toHaveLength(2)
    for (const [url, origin] of [
      ['http://127.0.0.1:4500', 'https://record.example'],
      ['http://witness.example', 'https://record.example'],
      ['http://169.254.169.254/latest', local],
      ['http://localhost.evil.example', local],
    ] as const)
      expect(addWitness(NO_REGISTRY, input(url), origin)).toMatchObject({ code: 'invalid', field: 'url' })
  })

  it.each([
    'ftp://witness.example',
    'https://user:secret@witness.example',
    'https://witness.example/?x=1',
    'https://witness.example/#x',
    'witness.example',
    'file:///etc/passwd',
  ])('have no such address: %s', (url) => {
    expect(complaints('addWitness', { vkey: keyOf(1), url })).not.toEqual([])
  })

  it.each([
    formatVkey(noteSigner('record.example/log', seed(1))),
    'witness.example',
    keyOf(1).replace('+B', '+A'),
  ])('have no such key: %s', (vkey) => {
    expect(complaints('addWitness', { vkey, url: 'https://witness.example' })).not.toEqual([])
  })

  it('are needed in a number that there is', () => {
    expect(next(adding(1), quorum(2)).refusal).toMatchObject({ code: 'gate', field: 'quorum' })
    expect(next(adding(1), quorum(1)).refusal?.code).toBe('duplicate')
    expect(next(adding(1), adding(2), quorum(2)).state.witness_quorum).toBe(2)
  })

  it('leave only if enough stay; with the last one goes the need for any', () => {
    expect(next(adding(1), adding(2), quorum(2), removing(2)).refusal?.code).toBe('gate')
    expect(next(adding(1), adding(2), removing(1)).state.witnesses.map(({ name }) => name)).toEqual([
      'witness2.example/w',
    ])
    expect(next(adding(1), removing(1)).state).toMatchObject({ witnesses: [], witness_quorum: 0 })
    expect(next(removing(1)).refusal?.code).toBe('not_found')
  })

  it('are written as a policy that any verifier reads', () => {
    const { state } = next(adding(1), adding(2), adding(3), quorum(2))
    const policy = parsePolicy(witnessPolicyLines(state))
    expect([...policy.witnesses.values()].map(({ key }) => key.name)).toEqual(
      state.witnesses.map(({ name }) => name),
    )
    expect(policy.groups.get('witnesses')).toEqual({ threshold: 2, members: ['w1', 'w2', 'w3'] })
    expect(policy.quorum).toBe('witnesses')
    expect(parsePolicy(witnessPolicyLines(NO_REGISTRY)).quorum).toBeNull()
  })
})
