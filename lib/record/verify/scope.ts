import { fromUtf8, utf8 } from '../bytes'
import { sha256Hex } from '../digest'
import { isMalformed, orNull } from '../malformed'
import type { Chains } from './chain'
import type { Context } from './context'
import { type ReadEvent, readLine } from './event'
import { EVENTS, PROOFS } from './events'
import { count, text, time } from './fields'
import { readProof } from './inclusion'
import type { SeenEntry } from './log-tiles'
import { readLines } from './reader'
import { REGISTRY_STREAM } from './registry'

/** What the export says that it covers. `unsaid`: it is a wide one, and doesn't say it in a way that could be checked. */
export type Scope =
  | { readonly kind: 'case' | 'everything' | 'unsaid' }
  | { readonly kind: 'cases'; readonly streams: number | null; readonly digest: string | null }
  | {
      readonly kind: 'period'
      readonly from: string
      readonly to: string
      /** Places in the log: the first event of the period, and the last; null when it goes on until the export. */
      readonly first: number
      readonly last: number | null
    }

/** @param exported null where the bundle doesn't end with its export */
export function scopeOf(exported: Pick<ReadEvent, 'type' | 'data'> | null): Scope {
  const data = exported?.data ?? {}
  const kind = text(data.scope)
  if (kind === 'everything') return { kind }
  if (exported?.type !== 'record.exported') return { kind: 'case' }
  if (kind === 'cases') return { kind, streams: count(data.streams), digest: text(data.streams_sha256) }
  return (kind === 'period' && periodOf(data)) || { kind: 'unsaid' }
}

/** Null where its bounds can't be read: nothing would be outside of them. */
function periodOf(data: ReadEvent['data']): Scope | null {
  const [from, to, first, last] = [time(data.from), time(data.to), count(data.first), count(data.last)]
  if (from === null || to === null || first === null || (last === null && data.last !== null)) return null
  return { kind: 'period', from, to, first, last }
}

/** The streams of a bundle as the export's event names them: SHA-256 of their ids in order, each with a newline. */
export function streamsDigest(streams: Iterable<string>): string {
  const sorted = [...streams].sort((a, b) => (a < b ? -1 : 1))
  return sha256Hex(utf8(sorted.map((stream) => `${stream}\n`).join('')))
}

/** Whether the streams that are here are those that the export said it would hold. */
export function checkScope({ report }: Context, { streams }: Chains, scope: Scope): void {
  if (scope.kind === 'unsaid')
    report.add('scope.mismatch', 'The export does not say which streams it is of.', { file: EVENTS })
  if (scope.kind !== 'cases') return
  const shown = [...streams.keys()].filter((stream) => stream !== REGISTRY_STREAM)
  if (scope.digest === streamsDigest(shown)) return
  const sentence = `The export was made of ${scope.streams ?? 'other'} streams; here are ${shown.length}, or other ones.`
  report.add('scope.mismatch', sentence, { file: EVENTS })
}

/** The nearest entries around a period that are no registry events: shown, they prove where it begins and ends. */
export type Around = { before: string | null; after: string | null }

/** Whether something at this place belongs to the period; keeps the neighbours on both sides. */
export function isInPeriod(
  scope: Scope,
  around: Around,
  { index, case: stream }: SeenEntry,
  exportIndex: number | null,
): boolean {
  if (scope.kind !== 'period' || stream === REGISTRY_STREAM) return false
  if (index < scope.first) around.before = stream
  else if (index <= (scope.last ?? (exportIndex ?? 0) - 1)) return true
  else if (exportIndex === null || index < exportIndex) around.after ??= stream
  return false
}

/** No event outside of the places of the period may be one of its time, or the period would be narrower than it says. */
export async function checkPeriod(context: Context, scope: Scope): Promise<void> {
  if (scope.kind !== 'period' || !context.reader.has(PROOFS)) return
  try {
    await checkPlaces(context, scope)
  } catch (thrown) {
    // Where a line is broken off, whoever read it first has said so.
    if (!isMalformed(thrown)) throw thrown
  }
}

async function checkPlaces(context: Context, scope: Extract<Scope, { kind: 'period' }>): Promise<void> {
  const proofs = readLines(context.reader, PROOFS)
  let line = 0
  for await (const bytes of readLines(context.reader, EVENTS)) {
    line++
    const next = await proofs.next()
    const proof = next.done ? null : orNull(() => readProof(fromUtf8(next.value), 'entry'))
    const read = orNull(() => readLine(bytes))
    if (proof === null || read?.kind !== 'event') continue
    const { at } = read.event
    const isEarly = proof.index < scope.first && at >= scope.from
    const isLate = scope.last !== null && proof.index > scope.last && at < scope.to
    if (!isEarly && !isLate) continue
    const where = { file: EVENTS, line, case: read.entry.case, seq: read.entry.seq }
    context.report.add(
      'scope.bounds',
      'This event is of the period, but outside of its places in the log.',
      where,
    )
    return
  }
}
