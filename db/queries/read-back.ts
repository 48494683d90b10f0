import { and, eq, inArray } from 'drizzle-orm'
import { envelopeIn, type Redaction, redactionsIn } from '@/lib/act/refold'
import type { Reading } from '../reading'
import { event } from '../schema'
import type { EventRow } from './timeline'

/** An event as it can be read, and where its body was erased, why it is gone. */
export type ReadEvent<Row extends EventRow = EventRow> = {
  readonly row: Row
  readonly redaction: Redaction | null
}

/** Of a stream's newest events. What erased one of them is newer still, and so among them. */
export function withRedactions(rows: readonly EventRow[]): ReadEvent[] {
  const erased = redactionsIn(rows.map(({ envelope }) => envelope))
  return rows.map((row) => ({ row, redaction: row.envelope ? null : (erased.get(row.seq) ?? null) }))
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
    redaction: row.envelope ? null : (erased.get(row.stream)?.get(row.seq) ?? null),
  }))
}

/** Everybody whose name an entry shows. */
export function namedIn({ row, redaction }: ReadEvent): string[] {
  return redaction ? [row.actor, redaction.by.actor.id] : [row.actor]
}

async function redactionsOf(reading: Reading, org: string, rows: readonly EventRow[]) {
  const streams = [...new Set(rows.filter(({ envelope }) => !envelope).map(({ stream }) => stream))]
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
