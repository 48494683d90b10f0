import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from './bytes'
import { isCanonical } from './canonical'
import { entryBytes, parseEntry } from './entry'
import { type Envelope, eventBytes, eventHash, GENESIS, isTime } from './envelope'
import { vectorText } from './vectors.test-support'

const events = vectorText('sample-bag/data/events.ndjson').trimEnd().split('\n')

const alice: Envelope = {
  actor: {
    id: 'usr_alice',
    kind: 'human',
    via: 'web',
    auth: { acr: 'phr', amr: ['hwk'], auth_time: 1772438000 },
  },
  at: '2026-03-02T08:04:14.000Z',
  case: 'case_1',
  data: { from: null, to: 'identify' },
  policy: { bundle: 'sha256:00', decision: 'allow', decision_id: 'dec_1', rule: 'case.open' },
  prev: GENESIS,
  salt: 'pA2Z1p4eodnhF_HZLcMZqw',
  seq: 0,
  type: 'case.state',
  v: 1,
}

describe('an event', () => {
  it('has the bytes of the published example', () => {
    for (const line of events) expect(fromUtf8(eventBytes(JSON.parse(line)))).toBe(line)
  })

  it('is chained to the one before it by the digest of its exact bytes', () => {
    const digests = events.map((line) => eventHash(utf8(line)))
    const links = events.map((line) => JSON.parse(line).prev)
    expect(links).toEqual([GENESIS, ...digests.slice(0, -1)])
  })

  it('C32: is canonical, and leaves out what is undefined', () => {
    const bytes = eventBytes({ ...alice, cause: undefined, actor: { ...alice.actor, owner: undefined } })
    expect(isCanonical(bytes)).toBe(true)
    expect(bytes).toEqual(eventBytes(alice))
  })

  it.each([1.5, undefined, new Date(), '\ud800', 2 ** 60])('C32: cannot hold %s', (value) => {
    expect(() => eventBytes({ ...alice, data: { value } })).toThrow()
  })

  it('is timed in UTC with milliseconds', () => {
    expect(isTime(new Date(1772438654000).toISOString())).toBe(true)
    expect(isTime('2028-02-29T00:00:00.000Z')).toBe(true)
    for (const other of ['2026-03-02T08:04:14Z', '2026-03-02T08:04:14.000+01:00', '2026-13-02T08:04:14.000Z'])
      expect(isTime(other)).toBe(false)
  })

  it('is of a day that there is', () => {
    for (const day of ['2026-02-29', '2026-02-30', '2026-02-31', '2026-04-31', '2026-00-10', '2026-01-32'])
      expect(isTime(`${day}T10:00:00.000Z`), day).toBe(false)
  })
})

describe("an event's entry in the log", () => {
  const entry = { body: 'ab'.repeat(32), case: 'case_1', seq: 7 }

  it('holds its digest and its place', () => {
    expect(fromUtf8(entryBytes(entry))).toBe(`{"body":"${entry.body}","case":"case_1","seq":7,"v":1}`)
    expect(parseEntry(entryBytes(entry))).toEqual(entry)
  })

  it.each([
    '{}',
    '[]',
    `{"body":"${entry.body}","case":"c","seq":7,"v":2}`,
    `{"body":"${entry.body}","case":"c","seq":-1,"v":1}`,
    `{"body":"${entry.body}","case":"c","seq":7,"v":1,"x":1}`,
    `{"body":"AB","case":"c","seq":7,"v":1}`,
    `{"case":"c","body":"${entry.body}","seq":7,"v":1}`,
  ])('is nothing else: %s', (text) => {
    expect(() => parseEntry(utf8(text))).toThrow()
  })
})
