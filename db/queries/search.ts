import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { SearchHit } from '@/lib/act/view/case'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile } from '../schema'
import { caseColumns, caseRow } from './case-rows'
import { namesFor } from './names'
import { wordsQuery } from './words'

const MOST = 20

/** Cases by any of their words, or by number; open ones first, the newest first. */
export function search(reader: Reader, viewer: Actor, q: string): Promise<SearchHit[]> {
  return reader.read(viewer, async (reading) => {
    const wanted = wantedBy(viewer, q)
    if (!wanted) return []
    const rows = await reading
      .select(caseColumns)
      .from(caseFile)
      .where(and(eq(caseFile.org, viewer.org), wanted))
      .orderBy(desc(caseFile.open), desc(caseFile.number))
    const names = await namesFor(
      reading,
      rows.map((row) => row.assignee),
    )
    return rows.map((row) => ({ case: caseRow(row, names), excerpt: row.title }))
  })
}

function wantedBy(viewer: Actor, q: string): SQL | null {
  const number = /^#?(?:c-)?(\d{1,9})$/i.exec(q.trim())?.[1]
  if (number) return eq(caseFile.number, Number(number))
  const words = wordsQuery(q)
  return (
    words &&
    sql`${caseFile.id} = any (array(select unnest(newest_matching(${viewer.org}, ${words}, ${MOST}))))`
  )
}
