import { sql } from 'drizzle-orm'
import { check, customType, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from './record'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

/** The words that people said in an event, as far as it holds any. Filled in by the database from the event's own bytes. */
export const eventWords = pgTable(
  'event_words',
  {
    org: text('org').notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    words: tsvector('words').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.stream, table.seq] }),
    index('words_of_events').using('gin', table.words).with({ gin_pending_list_limit: 256 }),
  ],
)

/** A question to the history that somebody keeps under a name: theirs to change, anybody's to open who may read the history. */
export const savedView = pgTable(
  'saved_view',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    member: text('member').notNull(),
    name: text('name').notNull(),
    query: text('query').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.id] }),
    index('saved_view_of').on(table.org, table.member, table.name),
  ],
)

/** Every policy set that was ever in force, under its digest: `body` holds the exact bytes that the digest is over. */
export const policyBundle = pgTable(
  'policy_bundle',
  {
    org: text('org').notNull(),
    bundle: text('bundle').notNull(),
    body: bytea('body').notNull(),
    keptAt: instant('kept_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.bundle] }),
    check('bundle_is_of_body', sql`${table.bundle} = 'sha256:' || encode(sha256(${table.body}), 'hex')`),
  ],
)
