import { type Refusal, refuse } from '../act/refusal'
import type { Effect, Given } from '../act/stream'
import type { RegistryCommand } from './command'
import type { RegistryEvent } from './event'
import type { KeyEvent, Signing, Succession } from './key-event'
import { goodKeys, type KnownKey, keyInUse, knownKeys } from './keys'
import type { Registry } from './registry'

type Of<Name extends RegistryCommand['command']> = Extract<RegistryCommand, { command: Name }>['input']

/** Published before it is used, so that whoever checks what it signs has seen it: seconds. A JWKS is kept for a minute. */
const LEAD: Readonly<Record<Signing, number>> = { log: 0, export: 10, warrant: 120, token: 60 }
/** How long the key before stays good, unless the order says otherwise: hours. Verifiers and witnesses of a log are people. */
const USUAL_OVERLAP: Readonly<Record<Signing, number>> = { log: 720, export: 24, warrant: 1, token: 1 }

/** An order: the process that holds the key carries it out. */
export function orderRotation(
  state: Registry,
  { purpose, overlap_hours, reason }: Of<'rotateKey'>,
  given: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  if ((state.rotations ?? []).some((open) => open.purpose === purpose))
    return refuse('duplicate', `A new ${purpose} key is on its way already.`, 'Wait until it is published.')
  const rotation = given.newId('rot')
  const overlap = overlap_hours ?? USUAL_OVERLAP[purpose]
  return [{ type: 'key.rotation-ordered', data: { rotation, purpose, overlap_hours: overlap, reason } }]
}

/** Only keys that are not on the record yet; a key id, once published, never stands for another key. */
export function publish(
  state: Registry,
  input: Of<'publishKeys'>,
  { now }: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const order = (state.rotations ?? []).find(({ rotation }) => rotation === input.rotation)
  if (input.rotation !== null && (!order || input[order.purpose] === null))
    return refuse(
      'duplicate',
      'This rotation is done already, or was never ordered.',
      'Nothing more is needed.',
    )
  const clash = anotherKey(state, input)
  if (clash) return clash
  const known = knownKeys(state)
  const events = keysIn(input).flatMap(({ purpose, id, event }) => {
    if (known.some((key) => key.purpose === purpose && key.id === id)) return []
    const taking = order?.purpose === purpose ? succession(known, order, now) : {}
    return [{ ...event, data: { ...event.data, ...taking } } as RegistryEvent]
  })
  return events.length ? events : refuse('duplicate', 'These keys are published.', 'Nothing more is needed.')
}

/** Nothing that it signs from here on counts; there is another one to sign. */
export function retire(
  state: Registry,
  { purpose, id }: Of<'retireKey'>,
  { now }: Given<RegistryCommand>,
): RegistryEvent[] | Refusal {
  const known = knownKeys(state)
  const key = known.find((each) => each.purpose === purpose && each.id === id)
  if (!key) return refuse('not_found', 'There is no such key.', 'Look at the list of keys.', { field: 'id' })
  if (key.retired !== null)
    return refuse('duplicate', 'This key is retired already.', 'Nothing more is needed.')
  if (key.retires === null || key.retires > now)
    return refuse(
      'gate',
      'The time of this key is not over.',
      'Rotate it, and wait for the end of the overlap.',
    )
  const next = keyInUse(known, purpose, now)
  if (!next || next.id === id)
    return refuse('gate', `It is the only ${purpose} key in use.`, 'Rotate it first.')
  return [retirement(purpose, id)]
}

/** What the worker does about it. The log's new key is made by the sequencer, which looks by itself; the worker publishes it. */
export function reactToKeys(event: RegistryEvent): Effect[] {
  if (event.type === 'key.rotation-ordered') {
    const { rotation, purpose } = event.data
    return [{ job: 'rotate-key', payload: { rotation, purpose }, key: `rotate:${rotation}` }]
  }
  const purpose = PUBLISHED[event.type]
  if (!purpose || !('replaces' in event.data) || !event.data.retires) return []
  const { replaces = [], retires } = event.data
  return replaces.map((id) => ({
    job: 'retire-key',
    payload: { purpose, id },
    key: `retire:${purpose}:${id}`,
    at: retires,
  }))
}

const PUBLISHED: Readonly<Record<string, Signing>> = {
  'log-key.published': 'log',
  'export-key.published': 'export',
  'warrant-key.published': 'warrant',
  'token-key.published': 'token',
}

function succession(
  known: readonly KnownKey[],
  { rotation, purpose, overlap_hours }: Registry['rotations'][number],
  now: string,
): Succession {
  const from = later(now, LEAD[purpose] * 1_000)
  const replaces = goodKeys(known, purpose)
    .filter(({ retires }) => retires === null)
    .map(({ id }) => id)
  return { rotation, from, replaces, retires: later(from, overlap_hours * 3_600_000) }
}

function later(time: string, milliseconds: number): string {
  return new Date(Date.parse(time) + milliseconds).toISOString()
}

function retirement(purpose: Signing, id: string): RegistryEvent {
  switch (purpose) {
    case 'log':
      return { type: 'log-key.retired', data: { vkey: id } }
    case 'export':
      return { type: 'export-key.retired', data: { fingerprint: id } }
    case 'warrant':
      return { type: 'warrant-key.retired', data: { kid: id } }
    case 'token':
      return { type: 'token-key.retired', data: { kid: id } }
  }
}

type Draft = { readonly purpose: Signing; readonly id: string; readonly event: KeyEvent }

function keysIn({ warrant, token, export: exported, log }: Of<'publishKeys'>): Draft[] {
  const drafts: (Draft | null)[] = [
    warrant && {
      purpose: 'warrant',
      id: warrant.kid,
      event: { type: 'warrant-key.published', data: jwkOf(warrant) },
    },
    token && { purpose: 'token', id: token.kid, event: { type: 'token-key.published', data: jwkOf(token) } },
    exported && {
      purpose: 'export',
      id: exported.fingerprint,
      event: { type: 'export-key.published', data: exported },
    },
    log && { purpose: 'log', id: log.vkey, event: { type: 'log-key.published', data: log } },
  ]
  return drafts.filter((draft) => draft !== null)
}

type Named = NonNullable<Of<'publishKeys'>['warrant']>

function jwkOf({ kid, jwk }: Named): { kid: string; jwk: Record<string, string> } {
  return { kid, jwk: { ...jwk } }
}

function anotherKey(state: Registry, { warrant, token }: Of<'publishKeys'>): Refusal | null {
  const pairs = [
    { field: 'warrant', given: warrant, known: state.warrant_keys },
    { field: 'token', given: token, known: state.token_keys ?? [] },
  ]
  for (const { field, given, known } of pairs) {
    const before = known.find(({ kid }) => kid === given?.kid)
    if (!given || !before || (before.jwk.x === given.jwk.x && before.jwk.y === given.jwk.y)) continue
    const sentence = `The key id ${given.kid} stands for another key.`
    return refuse('conflict', sentence, 'Give a new key a new id.', { field })
  }
  return null
}
