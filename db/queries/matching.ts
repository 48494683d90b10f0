import { type SQL, sql } from 'drizzle-orm'
import type { Reading } from '../reading'
import { caseFile, caseWords } from '../schema'
import { wordsQuery } from './words'

/** So many cases are looked up one by one; a word that more of them have is soon met by whoever goes through the newest. */
const FEW = 1_000

/** Cases that have every one of these words, each of which may still be growing. Costs the same however many cases there are. */
export async function matching(reading: Reading, q: string, few = FEW): Promise<SQL> {
  const query = wordsQuery(q)
  if (!query) return sql`true`
  // As text: the list goes back as it came.
  const [row] = await reading.execute<{ few: string | null }>(
    sql`select cases_matching(${query}, ${few})::text as few`,
  )
  if (typeof row?.few === 'string') return sql`${caseFile.id} = any (${row.few}::text::text[])`
  return sql`exists (select 1 from ${caseWords} w where w.org = ${caseFile.org} and w."case" = ${caseFile.id} and w.words @@ ${query} offset 0)`
}
