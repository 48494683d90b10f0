import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })

/**
 * An account at an OpenID provider, as `member.identified` says whose it is. The pair (issuer, subject) is the identity, never the address.
 * Rows from before there was that event stand without it until their member signs in again.
 */
export const account = pgTable(
  'account',
  {
    org: text('org').notNull(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    member: text('member').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.issuer, table.subject] })],
)

/** A browser session. The token is kept as its digest only. */
export const session = pgTable(
  'session',
  {
    org: text('org').notNull(),
    token: text('token').notNull(),
    member: text('member').notNull(),
    acr: text('acr').notNull(),
    amr: text('amr').array().notNull(),
    authTime: integer('auth_time').notNull(),
    createdAt: instant('created_at').notNull(),
    seenAt: instant('seen_at').notNull(),
    expires: instant('expires').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.token] }),
    index('session_of_member').on(table.org, table.member),
  ],
)

/** Assertions that machines have used: each works once. */
export const usedAssertion = pgTable(
  'used_assertion',
  { org: text('org').notNull(), jti: text('jti').notNull(), expires: instant('expires').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.jti] })],
)

/** What came in from chat, kept before it is answered; the key makes a second delivery a no-op. Masked. */
export const inbox = pgTable(
  'inbox',
  {
    org: text('org').notNull(),
    key: text('key').notNull(),
    platform: text('platform').notNull(),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.key] })],
)

/** A promotion that was begun in chat, or by a link, and not sent yet. */
export const draft = pgTable(
  'draft',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    content: jsonb('content').notNull(),
    case: text('case'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.id] })],
)

/** When a machine last came to us with a key that held, to the minute: it moves far too often for the record, which has the days. */
export const machineSeen = pgTable(
  'machine_seen',
  { org: text('org').notNull(), nhi: text('nhi').notNull(), at: instant('at').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.nhi] })],
)
