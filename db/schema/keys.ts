import { pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** The public halves of log keys that the sequencer made because it was ordered to, until they are published. */
export const logKey = pgTable(
  'log_key',
  {
    org: text('org').notNull(),
    rotation: text('rotation').notNull(),
    vkey: text('vkey').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.rotation] })],
)
