import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** A place in a list that is ordered by time, newest first: the last row's time and id. */
export type Cursor = { readonly at: string; readonly id: string }

export function cursorOf(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Null for anything that we didn't make. */
export function readCursor(text: string): Cursor | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(value) || value.length !== 2) return null
    const [at, id]: unknown[] = value
    const sound = typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))
    return sound ? { at, id } : null
  } catch {
    return null
  }
}

/** Rows after the cursor, newest first: one comparison of rows, so that one index serves it. */
export function after(time: AnyColumn, id: AnyColumn, cursor: Cursor): SQL {
  return sql`(${time}, ${id}) < (${cursor.at}::timestamptz, ${cursor.id})`
}
