import { sql } from 'drizzle-orm'
import { PgDatabase, PgDialect } from 'drizzle-orm/pg-core'
import { drizzle, type PostgresJsQueryResultHKT, PostgresJsSession } from 'drizzle-orm/postgres-js'
import type { TransactionSql } from 'postgres'
import type { Actor } from '@/lib/identity/actor'
import { type Client, connect } from './client'
import { within } from './within'

/** A read-only transaction that sees one organisation. */
export type Reading = PgDatabase<PostgresJsQueryResultHKT>

/** Runs queries as the viewer's organisation sees them: row-level security does the rest. */
export type Reader = {
  read<T>(viewer: Pick<Actor, 'org'>, work: (reading: Reading) => Promise<T>): Promise<T>
  /** For a function that names its organisation itself: one statement, one round trip. */
  readonly sql: Client
  end(): Promise<void>
}

/** The query builder changes its client's ways with dates, so it has a pool of its own. */
export function reader(url: string, most: number): Reader {
  const client = connect(url, most, 'on-record read')
  drizzle(client)
  return {
    sql: client,
    read: ({ org }, work) => within(client, org, (transaction) => work(reading(transaction)), 'read only'),
    end: () => client.end({ timeout: 5 }),
  }
}

const dialect = new PgDialect()

function reading(transaction: TransactionSql): Reading {
  // The builder sends each query as if it would never come again; we remember its plan.
  const unsafe = (query: string, values: never[]) =>
    transaction.unsafe(...limitSaid(query, values), { prepare: true })
  const session = new PostgresJsSession({ unsafe } as unknown as Client, dialect, undefined, {})
  return new PgDatabase(dialect, session, undefined) as Reading
}

/**
 * Of a limit that comes as a parameter PostgreSQL expects a tenth of the table: in a large one no remembered plan looks good, and each
 * query is planned anew. There are few different limits, so they are said in the query itself.
 */
function limitSaid(query: string, values: never[]): [query: string, values: never[]] {
  const limit: unknown = values.at(-1)
  const end = `$${values.length}`
  if (!Number.isSafeInteger(limit) || !query.endsWith(` limit ${end}`)) return [query, values]
  return [`${query.slice(0, -end.length)}${limit}`, values.slice(0, -1)]
}

/** `2026-03-02T08:04:14.000Z` from a timestamp column, whatever the session's time zone. */
export function utc(column: unknown) {
  return sql<string>`utc(${column})`
}
export function utcOrNull(column: unknown) {
  return sql<string | null>`utc(${column})`
}
