import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

/** Which witnesses the registry names: all that the sequencer sees of it. Kept by a trigger (see the migration). */
export const witnessing = pgTable('witnessing', {
  org: text('org').primaryKey(),
  /** `[{vkey, name, url}]` */
  witnesses: jsonb('witnesses').notNull(),
  quorum: integer('quorum').notNull(),
})

/** What witnesses signed: lines that are added to the checkpoint of that size wherever it is shown. */
export const cosignature = pgTable(
  'cosignature',
  {
    org: text('org').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    /** The witness's verifier key. */
    witness: text('witness').notNull(),
    line: text('line').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.size, table.witness] })],
)

/** How it stands with each witness: what people look at when one fails. */
export const witnessState = pgTable(
  'witness_state',
  {
    org: text('org').notNull(),
    witness: text('witness').notNull(),
    /** The largest size that it signed, or said to have signed. */
    size: bigint('size', { mode: 'number' }).notNull(),
    askedAt: instant('asked_at').notNull(),
    /** When it last signed. */
    seenAt: instant('seen_at'),
    /** Null while all is well. */
    error: text('error'),
  },
  (table) => [primaryKey({ columns: [table.org, table.witness] })],
)

/** The largest size that as many witnesses signed as the organisation wants. */
export const witnessed = pgTable('witnessed', {
  org: text('org').primaryKey(),
  size: bigint('size', { mode: 'number' }).notNull(),
  at: instant('at').notNull(),
})

/** Why the sequencer doesn't sign, while it doesn't. */
export const logRefusal = pgTable('log_refusal', {
  org: text('org').primaryKey(),
  reason: text('reason').notNull(),
  since: instant('since').notNull(),
})
