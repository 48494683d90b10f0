import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { Actor } from '@/lib/identity/actor'
import { type Client, connect } from './client'
import * as schema from './schema'

const database = (client: Client) => drizzle(client, { schema })
type Database = ReturnType<typeof database>
/** A read-only transaction that sees one organisation. */
export type Reading = Parameters<Parameters<Database['transaction']>[0]>[0]

/** Runs queries as the viewer's organisation sees them: row-level security does the rest. */
export type Reader = {
  read<T>(viewer: Pick<Actor, 'org'>, work: (reading: Reading) => Promise<T>): Promise<T>
  end(): Promise<void>
}

/** The query builder changes its client's ways with dates, so it has a pool of its own. */
export function reader(url: string, most: number): Reader {
  const client = connect(url, most, 'on-record read')
  const db = database(client)
  return {
    read: (viewer, work) =>
      db.transaction(
        async (reading) => {
          await reading.execute(sql`select set_config('app.org', ${viewer.org}, true)`)
          return work(reading)
        },
        { accessMode: 'read only' },
      ),
    end: () => client.end({ timeout: 5 }),
  }
}

/** `2026-03-02T08:04:14.000Z` from a timestamp column, whatever the session's time zone. */
export function utc(column: unknown) {
  return sql<string>`utc(${column})`
}
export function utcOrNull(column: unknown) {
  return sql<string | null>`utc(${column})`
}
