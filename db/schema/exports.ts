import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })
const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0)

/**
 * How far the file of each export is. That it was asked for, by whom and what for is on the record, at `stream` and `seq`;
 * this is work under way, which no replay brings back.
 */
export const exportJob = pgTable(
  'export_job',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    /** The event's data: scope, period, purpose. */
    asked: jsonb('asked').notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    status: text('status').notNull(),
    /** Which process writes it, and when that last said so: one that is silent has died. */
    writer: text('writer'),
    beatAt: instant('beat_at'),
    attempts: integer('attempts').notNull().default(0),
    /** The signed head that everything is proved against, taken once: every attempt writes the same bytes. */
    size: bigint('size', { mode: 'number' }),
    checkpoint: text('checkpoint'),
    eventsTotal: count('events_total'),
    eventsDone: count('events_done'),
    bytesTotal: count('bytes_total'),
    bytesDone: count('bytes_done'),
    step: text('step'),
    fileBytes: bigint('file_bytes', { mode: 'number' }),
    sha256: text('sha256'),
    problem: text('problem'),
    finishedAt: instant('finished_at'),
    expiresAt: instant('expires_at'),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.id] }),
    index('export_by_time').on(table.org, table.requestedAt, table.id),
  ],
)

/** Which streams an export holds: chosen when it was asked for, or when its event was sealed. */
export const exportStream = pgTable(
  'export_stream',
  { org: text('org').notNull(), export: text('export').notNull(), stream: text('stream').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.export, table.stream] })],
)
