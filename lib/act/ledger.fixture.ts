import type { Case } from '../case/case'
import type { Facts, Wanted } from './facts'
import { KINDS } from './kinds'
import type { Answered, Ledger, Page, Sealable, Writing } from './ledger'
import { FACTS, START } from './people.fixture'
import type { StreamKind } from './spec'
import type { Effect } from './stream'

type Kept = {
  kind: StreamKind
  version: number
  head: string
  at: string
  state: unknown
  events: Sealable[]
}

/** The port's behaviour without a database, on one organisation, with the levers that tests pull. */
export type MemoryLedger = Ledger & {
  readonly streams: Map<string, Kept>
  readonly effects: Effect[]
  readonly actors: string[]
  /** What the organisation's registries say; `sealed` beyond the stream's length means all of it. */
  facts: Facts
  now: string
  /** Called between the decision and the writing, the next time and once: somebody else may be faster. */
  beforeWrite: (() => Promise<unknown>) | null
  opened: number
  alones: number
}

export function memoryLedger(): MemoryLedger {
  const answers = new Map<string, Answered>()
  const queues = new Map<string, Promise<unknown>>()
  const ledger: MemoryLedger = {
    streams: new Map(),
    effects: [],
    actors: [],
    facts: FACTS,
    now: START,
    beforeWrite: null,
    opened: 0,
    alones: 0,

    async open(actor, _kind, stream, key, wanted): Promise<Page> {
      ledger.opened++
      const kept = ledger.streams.get(stream)
      const { version, head, state } = kept ?? { version: 0, head: null, state: null }
      const now = kept && kept.at > ledger.now ? kept.at : ledger.now
      const answered = answers.get(`${actor.org} ${actor.id} ${key}`) ?? null
      return structuredClone({ version, head, state, now, answered, facts: factsFor(ledger, stream, wanted) })
    },

    async write(writing) {
      const interruption = ledger.beforeWrite
      ledger.beforeWrite = null
      await interruption?.()
      const kept = ledger.streams.get(writing.stream)
      if ((kept?.version ?? 0) !== writing.from) return 'moved'
      if (writing.from === 0 && isTaken(ledger, writing)) return 'taken'
      ledger.streams.set(writing.stream, next(kept, writing))
      ledger.effects.push(...writing.effects)
      ledger.actors.push(writing.actor.id)
      if (writing.answered)
        answers.set(`${writing.actor.org} ${writing.actor.id} ${writing.key}`, writing.answered)
      return 'written'
    },

    async alone(_actor, stream, work) {
      ledger.alones++
      const before = queues.get(stream) ?? Promise.resolve()
      const mine = before.then(() => work(ledger))
      queues.set(
        stream,
        mine.catch(() => undefined),
      )
      return mine
    },
  }
  return ledger
}

function next(kept: Kept | undefined, { kind, from, at, events, state }: Writing): Kept {
  const all = [...(kept?.events ?? []), ...events]
  const dense = all.every((event, seq) => event.seq === seq)
  if (!dense || (kept && at < kept.at))
    throw new Error('a ledger never keeps a gap, or a time that runs backwards')
  const head = all.at(-1)?.hash ?? ''
  return { kind, version: from + events.length, head, at, state: structuredClone(state), events: all }
}

/** As the unique keys of the database: no two cases hold one message, and no two open ones the same secret. */
function isTaken(ledger: MemoryLedger, writing: Writing): boolean {
  if (writing.kind !== 'case') return false
  const { message_keys, snapshots } = writing.state as Case
  const prints = snapshots.flatMap((each) => each.secrets.map((secret) => secret.fingerprint))
  return twinOf(ledger, writing.stream, message_keys, prints) !== null
}

function twinOf(
  ledger: MemoryLedger,
  stream: string,
  messages: readonly string[],
  prints: readonly string[],
): string | null {
  for (const [id, kept] of ledger.streams) {
    if (kept.kind !== 'case' || id === stream) continue
    const { message_keys, snapshots, stage } = kept.state as Case
    const held =
      stage === 'closed' ? [] : snapshots.flatMap((each) => each.secrets.map((secret) => secret.fingerprint))
    if (message_keys.some((key) => messages.includes(key)) || held.some((print) => prints.includes(print)))
      return id
  }
  return null
}

function factsFor(ledger: MemoryLedger, stream: string, wanted: Wanted): Facts {
  const events = ledger.streams.get(stream)?.events ?? []
  const seen = events.find((event) => event.hash === wanted.head)
  return {
    ...ledger.facts,
    duplicate: twinOf(ledger, stream, wanted.message_key ? [wanted.message_key] : [], wanted.fingerprints),
    number: wanted.number ? 1001 + ledger.streams.size : null,
    sealed: wanted.sealed ? Math.min(ledger.facts.sealed, events.length) : 0,
    seen: seen ? seen.seq : null,
  }
}

/** The events' exact bytes, read back. */
export function envelopesOf(ledger: MemoryLedger, stream: string) {
  return (ledger.streams.get(stream)?.events ?? []).map(({ bytes }) =>
    JSON.parse(new TextDecoder().decode(bytes)),
  )
}

/** What the bytes alone say the state is. */
export function replayed(ledger: MemoryLedger, stream: string): unknown {
  const kind = ledger.streams.get(stream)?.kind ?? 'case'
  const { initial, evolve } = KINDS[kind].stream
  return envelopesOf(ledger, stream).reduce(
    (state, { type, data, seq, at, actor }) => evolve(state, { type, data }, { stream, seq, at, actor }),
    initial,
  )
}
