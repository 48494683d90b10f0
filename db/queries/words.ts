import { type SQL, sql } from 'drizzle-orm'

/**
 * What somebody typed, as a question to a column of words: all of them, each of which may still be growing, in any order.
 * Null when nothing of it is a word.
 */
export function wordsQuery(q: string): SQL | null {
  const words = q.match(/[\p{L}\p{N}_@.-]+/gu) ?? []
  const text = words.map((word) => `'${word.replaceAll("'", "''")}':*`).join(' & ')
  if (!text) return null
  // The parts of "svc_orders" in any place: what is kept of the words is that they occur, not where.
  return sql`replace(to_tsquery('simple', ${text})::text, '<->', '&')::tsquery`
}
