import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from './record'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

/** Checkpoints of logs that were started anew under another origin, with what witnesses signed under them. */
export const retiredCheckpoint = pgTable(
  'retired_checkpoint',
  {
    org: text('org').notNull(),
    origin: text('origin').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    note: text('note').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.origin, table.size] })],
)

/** Their entries, in the order that those checkpoints prove. */
export const retiredEntry = pgTable(
  'retired_entry',
  {
    org: text('org').notNull(),
    origin: text('origin').notNull(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.origin, table.idx] })],
)
