import { type SQL, sql } from 'drizzle-orm'

/** What somebody typed, as a question to a column of words; null when nothing of it is a word. */
export function wordsQuery(q: string): SQL | null {
  const words = q.match(/[\p{L}\p{N}_@.-]+/gu) ?? []
  // Asked for once in a statement, not for each row.
  return words.length ? sql`(select words_query(${sql.param(words)}))` : null
}
