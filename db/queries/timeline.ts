import { and, eq, sql } from 'drizzle-orm'
import type { AnyEnvelope, Redaction } from '@/lib/act/refold'
import type { Entry } from '@/lib/act/view/entry'
import type { Reading } from '../reading'
import { checkpoint, event, logEntry, witnessed } from '../schema'
import type { Names } from './names'

export type EventRow = {
  stream: string
  seq: number
  type: string
  at: string
  actor: string
  correlation: string
  /** As it was recorded; null once it was erased. */
  envelope: AnyEnvelope | null
  /** SHA-256 of its bytes, hexadecimal. */
  hash: string
  index: number | null
  sealed: boolean | null
  witnessed: boolean | null
}

/** An event with its place in the log, if it has one by now, and whether a signed, a witnessed checkpoint covers that place. */
export const eventColumns = {
  stream: event.stream,
  seq: event.seq,
  type: event.type,
  at: sql<string>`utc(${event.at})`,
  actor: event.actor,
  correlation: event.correlation,
  envelope: sql<AnyEnvelope | null>`convert_from(${event.body}, 'UTF8')::json`,
  hash: sql<string>`encode(${event.hash}, 'hex')`,
  index: logEntry.idx,
  sealed: sql<
    boolean | null
  >`${logEntry.idx} < (select max(${checkpoint.size}) from ${checkpoint} where ${checkpoint.org} = ${event.org})`,
  witnessed: sql<
    boolean | null
  >`${logEntry.idx} < (select ${witnessed.size} from ${witnessed} where ${witnessed.org} = ${event.org})`,
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
  const rows = await reading.execute<EventRow>(sql`select * from newest_events(${org}, ${stream}, ${most})`)
  return [...rows].reverse()
}

/** Of an erased event what is left: who, when, of which type; and with its `redaction` also why it is gone. */
export function entryOf(row: EventRow, names: Names, redaction: Redaction | null = null): Entry {
  const { actor, seq, at, type, hash, index, envelope } = row
  const policy = envelope?.policy ?? { bundle: '', decision: '', decision_id: '', rule: '' }
  return {
    seq,
    type,
    at,
    policy,
    data: dataOf(row, redaction),
    who: names(actor),
    via: envelope?.actor.via ?? '',
    acr: envelope?.actor.auth.acr ?? '',
    correlation: row.correlation,
    cause: envelope?.cause ?? null,
    erased: envelope === null,
    erasure: redaction && erasureOf(redaction, names),
    seal: { status: statusOf(row), hash, index },
  }
}

/** What an event says; of an erased one, what is left of that. */
export function dataOf({ envelope }: EventRow, redaction: Redaction | null): Record<string, unknown> {
  return envelope?.data ?? (redaction?.left as Record<string, unknown> | undefined) ?? {}
}

function erasureOf({ by, reason, rule }: Redaction, names: Names): Entry['erasure'] {
  return { at: by.at, by: names(by.actor.id), reason, rule, event: by.seq }
}

function statusOf({ sealed, witnessed: seen }: EventRow): Entry['seal']['status'] {
  if (seen) return 'witnessed'
  return sealed ? 'sealed' : 'recorded'
}
