import { beforeAll, describe, expect, it } from 'vitest'
import { newAuthority } from '../anchor/authority.test-support'
import { dueAnchors, isOverdue, reactToAnchors } from './anchors'
import { complaints, farid, given, HALDEN, type Step, system } from './registry.fixture'

const next = (...steps: readonly Step[]) => given([...HALDEN, ...steps])
const later = (hours: number) =>
  new Date(Date.parse('2026-03-02T09:00:00.000Z') + hours * 3_600_000).toISOString()
const chat = { platform: 'slack', team: 'T0HALDEN01', channel: 'C0ALERTS01' }
const connected: Step = [
  'connectChat',
  { platform: 'slack', team: 'T0HALDEN01', team_name: 'Halden', bot_user: 'U0BOT' },
  farid,
]
let timestamp: { url: string; ca: string }
let leaf: string

beforeAll(() => {
  const authority = newAuthority({ kind: 'ec' })
  timestamp = { url: 'https://time.example/tsa', ca: authority.ca }
  leaf = authority.leaf
})

const setUp = (changes: object = {}): Step => [
  'configureAnchors',
  { timestamp, chat, every_hours: 24, ...changes },
  farid,
]
const anchored = { size: 12, checkpoint_sha256: 'a'.repeat(64) }
const stamped = (): Step => [
  'recordAnchor',
  {
    timestamp: {
      ...anchored,
      url: timestamp.url,
      token_sha256: 'b'.repeat(64),
      time: '2026-03-02T09:00:01.000Z',
      serial: '0a',
      authority: 'CN=Test Time',
    },
  },
  system,
]
const posted: Step = [
  'recordAnchor',
  {
    chat: {
      ...anchored,
      ...chat,
      message_id: '1.2',
      permalink: 'https://halden.example/archives/C0ALERTS01/p12',
    },
  },
  system,
]
const failed = (sentence: string): Step => [
  'recordAnchor',
  { failed: { kind: 'timestamp', sentence } },
  system,
]

describe('C28 anchors', () => {
  it('are set up with an authority and its certificate, and a channel of a connected workspace, and tried at once', () => {
    const { events, state } = next(connected, setUp())
    expect(events).toEqual([{ type: 'anchors.configured', data: { timestamp, chat, every_hours: 24 } }])
    expect(events.flatMap(reactToAnchors)).toEqual([{ job: 'anchor', payload: {}, key: 'anchor' }])
    expect(dueAnchors(state, later(0))).toEqual(['timestamp', 'chat'])
    expect(next(setUp()).refusal).toMatchObject({ code: 'gate', field: 'team' })
    expect(next(connected, setUp(), setUp()).refusal?.code).toBe('duplicate')
    expect(
      next(connected, setUp(), setUp({ timestamp: null, chat: null })).state.anchors.settings,
    ).toMatchObject({
      timestamp: null,
      chat: null,
    })
  })

  it('trust no certificate but an authority’s', () => {
    for (const ca of ['no certificate', leaf])
      expect(next(connected, setUp({ timestamp: { ...timestamp, ca } })).refusal).toMatchObject({
        field: 'ca',
      })
  })

  it('take no address with a password in it, and none that isn’t of the web', () => {
    for (const url of [
      'https://me:secret@time.example',
      'file:///etc/passwd',
      'ftp://time.example',
      'time.example',
    ])
      expect(complaints('configureAnchors', { timestamp: { url, ca: 'x' }, chat: null }), url).not.toEqual([])
  })

  it('are due again a day after the last one, each kind by itself', () => {
    const { state } = next(connected, setUp(), stamped())
    expect(dueAnchors(state, later(1))).toEqual(['chat'])
    expect(dueAnchors(next(connected, setUp(), stamped(), posted).state, later(23))).toEqual([])
    expect(dueAnchors(next(connected, setUp(), stamped(), posted).state, later(24))).toEqual([
      'timestamp',
      'chat',
    ])
    expect(dueAnchors(next().state, later(24))).toEqual([])
  })

  it('are overdue when half as much time again has passed without one', () => {
    const { anchors } = next(connected, setUp(), stamped()).state
    expect(isOverdue(anchors, 'timestamp', later(36))).toBe(false)
    expect(isOverdue(anchors, 'timestamp', later(37))).toBe(true)
    expect(isOverdue(anchors, 'chat', later(37))).toBe(true)
    expect(isOverdue(next().state.anchors, 'chat', later(1_000))).toBe(false)
  })

  it('say what they are on the record', () => {
    const { state, events } = next(connected, setUp(), stamped(), posted)
    expect(events[0]?.type).toBe('checkpoint.posted')
    expect(state.anchors.recent.map(({ kind, size, where }) => [kind, size, where])).toEqual([
      ['chat', 12, 'https://halden.example/archives/C0ALERTS01/p12'],
      ['timestamp', 12, 'https://time.example/tsa'],
    ])
  })

  it('that fail are on record once for each reason, until one succeeds', () => {
    const why = 'The authority did not answer.'
    const { state } = next(connected, setUp(), failed(why))
    expect(state.anchors.failures.timestamp?.sentence).toBe(why)
    expect(next(connected, setUp(), failed(why), failed(why)).refusal?.code).toBe('duplicate')
    expect(next(connected, setUp(), failed(why), failed('It answered with 500.')).refusal).toBeNull()
    expect(next(connected, setUp(), failed(why), stamped()).state.anchors.failures).toEqual({})
  })

  it('are ordered where they are set up', () => {
    const order: Step = ['orderAnchor', { kind: 'timestamp' }, farid]
    expect(next(order).refusal?.code).toBe('gate')
    const { events } = next(connected, setUp(), order)
    expect(events.flatMap(reactToAnchors)).toEqual([
      { job: 'anchor', payload: { kind: 'timestamp' }, key: 'anchor:timestamp' },
    ])
  })
})
