import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' })
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A case as lists show it: everything here follows from the case's stream. */
export const caseFile = pgTable(
  'case_file',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    stage: text('stage').notNull(),
    severity: text('severity'),
    category: text('category').notNull(),
    disposition: text('disposition'),
    assignee: text('assignee'),
    accepted: boolean('accepted').notNull(),
    trust: text('trust'),
    due: instant('due'),
    openedAt: instant('opened_at').notNull(),
    stageAt: instant('stage_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    version: integer('version').notNull(),
    open: boolean('open').notNull(),
    /** When it was confirmed that the finding is real; null before, and where it never was. */
    confirmedAt: instant('confirmed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.id] }),
    uniqueIndex('case_number').on(table.org, table.number),
    index('case_open').on(table.org, table.changedAt, table.id).where(sql`open`),
    index('case_closed').on(table.org, table.changedAt, table.id).where(sql`not open`),
    index('case_assignee').on(table.org, table.assignee, table.changedAt).where(sql`open`),
    // How long they took is told from the index alone; `open` is in it because a query names it.
    index('case_resolved')
      .on(table.org, table.stageAt, table.severity, table.openedAt, table.confirmedAt, table.due, table.open)
      .where(sql`not open`),
  ],
)

/**
 * What a case is found by: the words that were said, and whether it is open and how new (db/functions/search.sql). Beside its row, so that
 * a change of stage leaves the words' index alone. What waits to be put into that index is gone through by every search, and put in by whoever comes when there is too much of it: it is kept short.
 */
export const caseWords = pgTable(
  'case_words',
  {
    org: text('org').notNull(),
    case: text('case').notNull(),
    words: tsvector('words').notNull(),
    number: integer('number').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.case] }),
    index('words_of_cases').using('gin', table.words).with({ gin_pending_list_limit: 256 }),
  ],
)

export const caseNhi = pgTable(
  'case_nhi',
  {
    org: text('org').notNull(),
    case: text('case').notNull(),
    nhi: text('nhi').notNull(),
    open: boolean('open').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.case, table.nhi] }),
    index('case_of_nhi').on(table.org, table.nhi),
  ],
)

/** A message belongs to one case. */
export const caseMessage = pgTable(
  'case_message',
  { org: text('org').notNull(), key: text('key').notNull(), case: text('case').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.key] })],
)

/** A secret belongs to one open case. */
export const caseSecret = pgTable(
  'case_secret',
  { org: text('org').notNull(), fingerprint: text('fingerprint').notNull(), case: text('case').notNull() },
  (table) => [
    primaryKey({ columns: [table.org, table.fingerprint] }),
    index('secret_of_case').on(table.org, table.case),
  ],
)

/** Proposed actions that are not settled: what the approvers' queue and the executors' work are read from. */
export const caseRequest = pgTable(
  'case_request',
  {
    org: text('org').notNull(),
    request: text('request').notNull(),
    case: text('case').notNull(),
    phase: text('phase').notNull(),
    executor: text('executor').notNull(),
    requester: text('requester').notNull(),
    targetOwner: text('target_owner'),
    asksOwner: boolean('asks_owner').notNull(),
    probing: boolean('probing').notNull(),
    open: boolean('open').notNull(),
    requestedAt: instant('requested_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.request] }),
    index('request_open').on(table.org, table.requestedAt).where(sql`open`),
    // What its executor has to do (db/queries/approvals.ts, word for word): few of all that were ever proposed, and asked for at every change.
    index('request_of_executor')
      .on(table.org, table.executor)
      .where(sql`phase in ('planning', 'started', 'warranted') or probing`),
    index('request_of_case').on(table.org, table.case),
  ],
)

/** Whose inbox a case is in because something about it has waited too long. */
export const caseTold = pgTable(
  'case_told',
  { org: text('org').notNull(), case: text('case').notNull(), person: text('person').notNull() },
  (table) => [
    primaryKey({ columns: [table.org, table.case, table.person] }),
    index('told_of_person').on(table.org, table.person),
  ],
)

/** Which content belongs to which case: a download asks here. */
export const evidence = pgTable(
  'evidence',
  {
    org: text('org').notNull(),
    case: text('case').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    mediaType: text('media_type').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.case, table.sha256] })],
)

export const nhi = pgTable(
  'nhi',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    system: text('system').notNull(),
    account: text('account').notNull(),
    environment: text('environment').notNull(),
    privilege: text('privilege').notNull(),
    owner: text('owner'),
    backupOwner: text('backup_owner'),
    disabled: boolean('disabled').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.id] }), index('nhi_owner').on(table.org, table.owner)],
)

export const credential = pgTable(
  'credential',
  { org: text('org').notNull(), fingerprint: text('fingerprint').notNull(), nhi: text('nhi').notNull() },
  (table) => [primaryKey({ columns: [table.org, table.fingerprint] })],
)

export const member = pgTable(
  'member',
  {
    org: text('org').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    roles: text('roles').array().notNull(),
    team: text('team'),
    active: boolean('active').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.org, table.id] }),
    uniqueIndex('member_email').on(table.org, table.email),
  ],
)

export const chatAccount = pgTable(
  'chat_account',
  {
    org: text('org').notNull(),
    platform: text('platform').notNull(),
    team: text('team').notNull(),
    user: text('user').notNull(),
    member: text('member').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.platform, table.team, table.user] })],
)

export const connector = pgTable(
  'connector',
  {
    org: text('org').notNull(),
    connector: text('connector').notNull(),
    kind: text('kind').notNull(),
    executor: text('executor').notNull(),
    system: text('system').notNull(),
    environment: text('environment').notNull(),
  },
  (table) => [primaryKey({ columns: [table.org, table.connector] })],
)
