import { and, eq, inArray } from 'drizzle-orm'
import { type AnyEnvelope, envelopeIn, type Redaction, redactionsIn } from '@/lib/act/refold'
import type { Reading } from '../reading'
import { event } from '../schema'
import { type EventRow, envelopeOf } from './timeline'

/** An event as it can be read: its envelope, or what is left of it and why it is gone. */
export type ReadEvent<Row extends EventRow = EventRow> = {
  readonly row: Row
  readonly envelope: AnyEnvelope | null
  readonly redaction: Redaction | null
}

/** Reads events back; asks once more for what is left where a body was erased. */
export async function readEvents<Row extends EventRow>(
  reading: Reading,
  org: string,
  rows: readonly Row[],
): Promise<ReadEvent<Row>[]> {
  const erased = await redactionsOf(reading, org, rows)
  return rows.map((row) => ({
    row,
    envelope: envelopeOf(row),
    redaction: row.body ? null : (erased.get(row.stream)?.get(row.seq) ?? null),
  }))
}

/** Everybody whose name an entry shows. */
export function namedIn({ row, redaction }: ReadEvent): string[] {
  return redaction ? [row.actor, redaction.by.actor.id] : [row.actor]
}

async function redactionsOf(reading: Reading, org: string, rows: readonly EventRow[]) {
  const streams = [...new Set(rows.filter(({ body }) => !body).map(({ stream }) => stream))]
  const found = new Map<string, Map<number, Redaction>>()
  if (!streams.length) return found
  const said = await reading
    .select({ stream: event.stream, body: event.body })
    .from(event)
    .where(and(eq(event.org, org), inArray(event.stream, streams), eq(event.type, 'event.redacted')))
  for (const stream of streams) {
    const bodies = said.flatMap((row) => (row.stream === stream && row.body ? [envelopeIn(row.body)] : []))
    found.set(stream, redactionsIn(bodies))
  }
  return found
}
