import { and, desc, eq, sql } from 'drizzle-orm'
import type { SearchHit } from '@/lib/act/view'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile } from '../schema'
import { caseColumns, caseRow } from './case-rows'
import { matching } from './cases'
import { namesFor } from './names'

const MOST = 20

/** Cases by any of their words, or by number; open ones first, the last changed first. */
export function search(reader: Reader, viewer: Actor, q: string): Promise<SearchHit[]> {
  return reader.read(viewer, async (reading) => {
    const number = /^#?(?:c-)?(\d{1,9})$/i.exec(q.trim())?.[1]
    const rows = await reading
      .select(caseColumns)
      .from(caseFile)
      .where(and(eq(caseFile.org, viewer.org), number ? eq(caseFile.number, Number(number)) : matching(q)))
      .orderBy(desc(sql`${caseFile.open}`), desc(caseFile.changedAt))
      .limit(MOST)
    const names = await namesFor(reading, rows.map((row) => row.assignee))
    return rows.map((row) => ({ case: caseRow(row, names), excerpt: row.title }))
  })
}
