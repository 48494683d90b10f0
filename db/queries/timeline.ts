import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Entry } from '@/lib/act/view'
import { fromUtf8, toHex } from '@/lib/record/bytes'
import type { Envelope } from '@/lib/record/envelope'
import type { Reading } from '../reading'
import { checkpoint, event, logEntry } from '../schema'
import type { Names } from './names'

export type EventRow = {
  stream: string
  seq: number
  body: Buffer
  hash: Buffer
  index: number | null
  sealed: boolean | null
}

/** An event with its place in the log, if it has one by now, and whether a signed checkpoint covers that place. */
export const eventColumns = {
  stream: event.stream,
  seq: event.seq,
  body: event.body,
  hash: event.hash,
  index: logEntry.idx,
  sealed: sql<
    boolean | null
  >`${logEntry.idx} < (select max(${checkpoint.size}) from ${checkpoint} where ${checkpoint.org} = ${event.org})`,
}

export const inLog = and(
  eq(logEntry.org, event.org),
  eq(logEntry.stream, event.stream),
  eq(logEntry.seq, event.seq),
)

/** A stream's events, oldest first; the newest `most` when there are more. */
export async function eventsOf(
  reading: Reading,
  org: string,
  stream: string,
  most: number,
): Promise<EventRow[]> {
  const rows = await reading
    .select(eventColumns)
    .from(event)
    .leftJoin(logEntry, inLog)
    .where(and(eq(event.org, org), eq(event.stream, stream)))
    .orderBy(desc(event.seq))
    .limit(most)
  return rows.reverse()
}

/** A stretch of a stream, by `seq`: what a long timeline loads next. */
export function stretch(
  reading: Reading,
  org: string,
  stream: string,
  before: number,
  most: number,
): Promise<EventRow[]> {
  return reading
    .select(eventColumns)
    .from(event)
    .leftJoin(logEntry, inLog)
    .where(
      and(
        eq(event.org, org),
        eq(event.stream, stream),
        lt(event.seq, before),
        gt(event.seq, before - most - 1),
      ),
    )
    .orderBy(asc(event.seq))
}

export function envelopeOf(row: EventRow): Envelope<string, Record<string, unknown>> {
  return JSON.parse(fromUtf8(row.body))
}

export function entryOf(
  row: EventRow,
  envelope: Envelope<string, Record<string, unknown>>,
  names: Names,
): Entry {
  const { actor, at, data, policy, seq, type, correlation, cause } = envelope
  return {
    seq,
    type,
    at,
    data,
    policy,
    who: names(actor.id),
    via: actor.via,
    acr: actor.auth.acr,
    correlation: correlation ?? null,
    cause: cause ?? null,
    seal: { status: row.sealed ? 'sealed' : 'recorded', hash: toHex(row.hash), index: row.index },
  }
}
