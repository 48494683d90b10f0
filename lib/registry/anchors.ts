import { type Refusal, refuse } from '../act/refusal'
import type { Effect, EventMeta, Given } from '../act/stream'
import { certificatesIn } from '../anchor/certificates'
import { ANCHORS, type AnchorEvent, type AnchorKind, type AnchorSettings } from './anchor-event'
import type { RegistryCommand } from './command'
import type { RegistryEvent } from './event'
import type { Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

/** What came of the last attempts, newest first. */
export type Anchor = { kind: AnchorKind; at: string; size: number; time: string | null; where: string }
export type AnchorFailure = { at: string; sentence: string }
export type Anchors = {
  settings: AnchorSettings
  /** When it was set up: an anchor is overdue when none came since. */
  since: string
  recent: Anchor[]
  failures: Partial<Record<AnchorKind, AnchorFailure>>
}

export const NO_ANCHORS: Anchors = {
  settings: { timestamp: null, chat: null, every_hours: 24 },
  since: '',
  recent: [],
  failures: {},
}

const KEPT = 30
const HOUR = 3_600_000
/** A failure is on record once in so long, however often it's tried. */
const FAILURE_AGAIN = 6 * HOUR
/** So that an anchor a day doesn't creep by the time that each takes. */
const SLACK_MS = 15 * 60_000

/** The kinds whose time has come, by settings and what is on record. */
export function dueAnchors({ anchors = NO_ANCHORS }: Pick<Registry, 'anchors'>, now: string): AnchorKind[] {
  const { settings, recent } = anchors
  return ANCHORS.filter((kind) => {
    if (settings[kind] === null) return false
    const last = recent.find((anchor) => anchor.kind === kind)
    return !last || Date.parse(now) - Date.parse(last.at) >= settings.every_hours * HOUR - SLACK_MS
  })
}

/** Whether a kind is so late that somebody has to be told: half as long again as it may take. */
export function isOverdue({ settings, recent, since }: Anchors, kind: AnchorKind, now: string): boolean {
  if (settings[kind] === null) return false
  const last = recent.find((anchor) => anchor.kind === kind)?.at
  const from = last && last > since ? last : since
  return Date.parse(now) - Date.parse(from) > settings.every_hours * HOUR * 1.5
}

export function configureAnchors(state: Registry, input: Of<'configureAnchors'>): RegistryEvent[] | Refusal {
  const { timestamp, chat } = input
  if (timestamp && !certificatesIn(timestamp.ca)?.every(({ ca }) => ca))
    return refuse(
      'invalid',
      'These are no certificates of an authority.',
      'Paste its root certificate, in PEM.',
      {
        field: 'ca',
      },
    )
  if (chat && !state.chats.some(({ team }) => team === chat.team))
    return refuse('gate', 'This workspace is not connected.', 'Connect it first.', { field: 'team' })
  if (JSON.stringify(state.anchors?.settings) === JSON.stringify(input))
    return refuse('duplicate', 'Anchors are set up like this already.', 'Nothing more is needed.')
  return [{ type: 'anchors.configured', data: input }]
}

export function orderAnchor(state: Registry, { kind }: Of<'orderAnchor'>): RegistryEvent[] | Refusal {
  if (isSetUp(state, kind)) return [{ type: 'anchor.ordered', data: { kind } }]
  return refuse('gate', `No ${kind === 'chat' ? 'channel' : 'authority'} is set up.`, 'Set it up first.', {
    field: 'kind',
  })
}

export function recordAnchor(
  state: Registry,
  { timestamp, chat, failed }: Of<'recordAnchor'>,
  { now }: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  if (timestamp) return [{ type: 'checkpoint.timestamped', data: timestamp }]
  if (chat) return [{ type: 'checkpoint.posted', data: chat }]
  if (!failed) return refuse('invalid', 'Nothing was anchored.', 'Say what came of it.')
  const before = state.anchors?.failures[failed.kind]
  const isNew =
    !before || before.sentence !== failed.sentence || Date.parse(now) - Date.parse(before.at) > FAILURE_AGAIN
  return isNew
    ? [{ type: 'anchor.failed', data: failed }]
    : refuse('duplicate', 'This failure is on record.', 'Nothing more is needed.')
}

function isSetUp({ anchors = NO_ANCHORS }: Registry, kind: AnchorKind): boolean {
  return anchors.settings[kind] !== null
}

export function evolveAnchors(state: Registry, event: AnchorEvent, { at }: EventMeta): Registry {
  const anchors = state.anchors ?? NO_ANCHORS
  switch (event.type) {
    case 'anchors.configured':
      return { ...state, anchors: { ...anchors, settings: event.data, since: at, failures: {} } }
    case 'anchor.ordered':
      return state
    case 'checkpoint.timestamped': {
      const { size, time, url } = event.data
      return { ...state, anchors: taken(anchors, { kind: 'timestamp', at, size, time, where: url }) }
    }
    case 'checkpoint.posted': {
      const { size, permalink } = event.data
      return { ...state, anchors: taken(anchors, { kind: 'chat', at, size, time: null, where: permalink }) }
    }
    case 'anchor.failed': {
      const { kind, sentence } = event.data
      return {
        ...state,
        anchors: { ...anchors, failures: { ...anchors.failures, [kind]: { at, sentence } } },
      }
    }
  }
}

function taken({ recent, failures, ...rest }: Anchors, anchor: Anchor): Anchors {
  const { [anchor.kind]: _, ...others } = failures
  return { ...rest, recent: [anchor, ...recent].slice(0, KEPT), failures: others }
}

/** An order, and a new setting, are tried at once; the rest comes with time. */
export function reactToAnchors(event: RegistryEvent): Effect[] {
  if (event.type === 'anchors.configured') return [{ job: 'anchor', payload: {}, key: 'anchor' }]
  if (event.type !== 'anchor.ordered') return []
  const { kind } = event.data
  return [{ job: 'anchor', payload: { kind }, key: `anchor:${kind}` }]
}
