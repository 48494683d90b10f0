import { type SQL, sql } from 'drizzle-orm'
import type { Reading } from '../reading'
import { caseFile, caseWords } from '../schema'

/** So many cases are looked up one by one; a word that more of them have is soon met by whoever goes through the newest. */
const FEW = 1_000

/** Cases that have every one of these words, each of which may still be growing. Costs the same however many cases there are. */
export async function matching(reading: Reading, q: string, few = FEW): Promise<SQL> {
  const words = q.match(/[\p{L}\p{N}_@.-]+/gu) ?? []
  const text = words.map((word) => `'${word.replaceAll("'", "''")}':*`).join(' & ')
  if (!text) return sql`true`
  // The parts of "svc_orders" in any place: what is kept of a case's words is that they occur, not where.
  const query = sql`replace(to_tsquery('simple', ${text})::text, '<->', '&')::tsquery`
  const [row] = await reading.execute<{ few: string[] | null }>(
    sql`select cases_matching(${query}, ${few}) as few`,
  )
  if (row?.few) return sql`${caseFile.id} = any (${`{${row.few.join(',')}}`}::text::text[])`
  return sql`exists (select 1 from ${caseWords} w where w.org = ${caseFile.org} and w."case" = ${caseFile.id} and w.words @@ ${query} offset 0)`
}
