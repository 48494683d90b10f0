import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

export const organisation = pgTable('organisation', {
  org: text('org').primaryKey(),
  name: text('name').notNull(),
  /** The log's key name: a URL without a scheme, the same for ever. */
  origin: text('origin').notNull(),
})

/** One row a stream: its head, and the fold of its events, so that a command needs one row instead of a history. */
export const stream = pgTable(
  'stream',
  {
    org: text('org').notNull(),
    stream: text('stream').notNull(),
    kind: text('kind').notNull(),
    version: integer('version').notNull(),
    head: bytea('head').notNull(),
    at: instant('at').notNull(),
    state: jsonb('state').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.stream] })],
)

/** Append-only; only an erasure that is on record takes a body away. `body` holds the exact bytes that were hashed; everything else is an index over them. */
export const event = pgTable(
  'event',
  {
    org: text('org').notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    actor: text('actor').notNull(),
    correlation: text('correlation').notNull(),
    hash: bytea('hash').notNull(),
    /** Null once it has been erased. */
    body: bytea('body'),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.stream, table.seq] }),
    index('event_by_time').on(table.org, table.at, table.stream, table.seq),
    index('event_by_actor').on(table.org, table.actor, table.at),
    index('event_by_type').on(table.org, table.type, table.at),
  ],
)

/** What the record names by its digest, where it is small (db/content/store.ts). Younger each time that it is kept. */
export const content = pgTable(
  'content',
  {
    org: text('org').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bytea('bytes').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.sha256] })],
)

/** Content of erased evidence that is still kept: the worker removes each, unless something else names it. */
export const contentToRemove = pgTable(
  'content_to_remove',
  { org: text('org').notNull(), case: text('case').notNull(), sha256: text('sha256').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.case, table.sha256] })],
)

/** What was answered under an idempotency key. */
export const answer = pgTable(
  'answer',
  {
    org: text('org').notNull(),
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    digest: text('digest').notNull(),
    receipt: jsonb('receipt').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.actor, table.key] }),
    index('answer_by_age').on(table.at),
  ],
)

/** Committed events that wait for their place in the log: the sequencer takes rows out, so none can be skipped. */
export const pending = pgTable(
  'pending',
  {
    org: text('org').notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.stream, table.seq] })],
)

/** The organisation's log: one leaf an event, in order, without gaps. */
export const logEntry = pgTable(
  'log_entry',
  {
    org: text('org').notNull(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    stream: text('stream').notNull(),
    seq: integer('seq').notNull(),
    hash: bytea('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.idx] }),
    unique('log_entry_once').on(table.org, table.stream, table.seq),
  ],
)

/** Hash tiles (C2SP tlog-tiles); the rightmost of each level grows in place. */
export const logTile = pgTable(
  'log_tile',
  {
    org: text('org').notNull(),
    level: integer('level').notNull(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    hashes: bytea('hashes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.level, table.idx] })],
)

export const logHead = pgTable('log_head', {
  org: text('org').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  root: bytea('root').notNull(),
  at: instant('at').notNull(),
})

/** Signed tree heads, as published: never two for one size. */
export const checkpoint = pgTable(
  'checkpoint',
  {
    org: text('org').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    note: text('note').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.size] })],
)
