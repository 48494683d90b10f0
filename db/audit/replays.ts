import { and, eq, sql } from 'drizzle-orm'
import type { Redaction } from '@/lib/act/refold'
import type { Entry } from '@/lib/act/view/entry'
import { NOT_KEPT, type Policies } from '@/lib/audit/judge'
import { frameAt, judgements, type Kept, policySetsOf, stops } from '@/lib/audit/replay'
import type { Judged, Moment, Replay } from '@/lib/audit/view'
import { loadPolicies } from '@/lib/policy/authorize'
import type { PolicyTexts } from '@/lib/policy/bundle'
import type { PolicySet } from '@/lib/policy/question'
import { correctorsIn } from '@/lib/telling/corrections'
import type { Client } from '../client'
import { policySets } from '../policy-sets'
import { namesFor } from '../queries/names'
import { entryOf, eventColumns, inLog } from '../queries/timeline'
import type { Reader, Reading } from '../reading'
import { caseFile, event, logEntry } from '../schema'
import { readKept } from './kept'

/** Replays cases from their events. Loading a policy set takes a second or two of work, so a web process keeps this in a thread. */
export type Replays = {
  /** What there is to replay; null when there is no such case. */
  readonly overview: (org: string, id: string) => Promise<Replay | null>
  /** Right after the event `seq`; null when the case has none. */
  readonly moment: (org: string, id: string, seq: number) => Promise<Moment | null>
  /** Every decision of the case put to its policy set again. */
  readonly judged: (org: string, id: string) => Promise<{ seq: number; judged: Judged }[] | null>
}

type Sources = { readonly reader: Reader; readonly sql: Client; readonly origin: string }

export function replays(sources: Sources): Replays {
  const keptOf = remembered(sources)
  const policies = policiesOf(sources.sql)
  const read = <T>(org: string, work: (reading: Reading) => Promise<T>) => sources.reader.read({ org }, work)
  return {
    async overview(org, id) {
      const kept = await keptOf(org, id)
      return kept && read(org, (reading) => overview(reading, kept, id))
    },
    async moment(org, id, seq) {
      const kept = await keptOf(org, id)
      if (!kept) return null
      const place = kept.events.findIndex((each) => each.seq === seq)
      const frame = frameAt(kept, place, await policies(kept))
      const left = kept.events[place]?.left ?? null
      const entry = frame && (await read(org, (reading) => entryAt(reading, org, id, seq, left)))
      return entry && { entry: { ...entry, corrected_by: correctors(kept)(seq) }, frame }
    },
    async judged(org, id) {
      const kept = await keptOf(org, id)
      return kept && judgements(kept, await policies(kept))
    },
  }
}

/** By which entries each was corrected up to now: who looks back has to know. */
function correctors({ events }: Kept): (seq: number) => number[] {
  return correctorsIn(
    events.map(({ seq, type, envelope, left }) => ({
      seq,
      type,
      data: envelope?.data ?? (left?.left as Record<string, unknown> | undefined) ?? {},
    })),
  )
}

/** The engine keeps what it was given for ever, under its digest: a set is handed over once. */
function policiesOf(sql: Client): (kept: Kept) => Promise<Policies> {
  const sets = new Map<string, ReturnType<Policies>>()
  return async (kept) => {
    const { org } = kept
    const wanted = policySetsOf(kept)
    const unknown = wanted.filter((bundle) => !sets.has(bundle))
    const texts = unknown.length ? await policySets(sql, org, unknown) : {}
    for (const [bundle, found] of Object.entries(texts)) sets.set(bundle, loaded(found))
    return (bundle) => sets.get(bundle) ?? NOT_KEPT
  }
}

function loaded(texts: PolicyTexts): PolicySet | { missing: string } {
  try {
    return loadPolicies(texts, undefined, { past: true })
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return { missing: `The policy set that decided can’t be loaded by this version: ${why}` }
  }
}

const MOST_CASES = 8
/** Something of the streams around may be erased meanwhile: no body outlives its erasure here by more. */
const LONGEST_MS = 30_000

/** Whoever moves a slider asks for one case again and again: its events are read anew when it has moved on. */
function remembered({ reader, origin }: Sources): (org: string, id: string) => Promise<Kept | null> {
  const cases = new Map<string, { head: string; at: number; kept: Kept }>()
  return (org, id) =>
    reader.read({ org }, async (reading) => {
      const key = `${org}/${id}`
      const [stream] = await reading.execute<{ head: string }>(
        sql`select encode(head, 'hex') as head from stream where org = ${org} and stream = ${id} and kind = 'case'`,
      )
      if (!stream) return null
      const known = cases.get(key)
      if (known?.head === stream.head && Date.now() - known.at < LONGEST_MS) return known.kept
      const kept = await readKept(reading, org, id, origin)
      cases.delete(key)
      if (cases.size >= MOST_CASES) cases.delete(cases.keys().next().value ?? '')
      if (kept) cases.set(key, { head: stream.head, at: Date.now(), kept })
      return kept
    })
}

async function overview(reading: Reading, { org, events }: Kept, id: string): Promise<Replay | null> {
  const [about] = await reading
    .select({ number: caseFile.number, title: caseFile.title })
    .from(caseFile)
    .where(and(eq(caseFile.org, org), eq(caseFile.id, id)))
  if (!about) return null
  const actors = [...new Set(events.map(({ actor }) => actor))]
  return { case: { id, ...about }, stops: stops(events), actors: actors.map(await namesFor(reading, actors)) }
}

async function entryAt(
  reading: Reading,
  org: string,
  id: string,
  seq: number,
  left: Redaction | null,
): Promise<Entry | null> {
  const [row] = await reading
    .select(eventColumns)
    .from(event)
    .leftJoin(logEntry, inLog)
    .where(and(eq(event.org, org), eq(event.stream, id), eq(event.seq, seq)))
  const people = left ? [left.by.actor.id] : []
  return row ? entryOf(row, await namesFor(reading, [row.actor, ...people]), left) : null
}
