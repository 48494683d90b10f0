import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { SearchHit } from '@/lib/act/view/case'
import type { Actor } from '@/lib/identity/actor'
import type { Reader, Reading } from '../reading'
import { caseFile } from '../schema'
import { type CaseColumns, caseColumns, caseRow } from './case-rows'
import { matching } from './matching'
import { namesFor } from './names'

const MOST = 20

/** Cases by any of their words, or by number; open ones first, the last changed first. */
export function search(reader: Reader, viewer: Actor, q: string): Promise<SearchHit[]> {
  return reader.read(viewer, async (reading) => {
    const number = /^#?(?:c-)?(\d{1,9})$/i.exec(q.trim())?.[1]
    const wanted = number ? eq(caseFile.number, Number(number)) : await matching(reading, q)
    const open = await newest(reading, viewer, and(sql`${caseFile.open}`, wanted), MOST)
    const missing = MOST - open.length
    const rows = missing
      ? [...open, ...(await newest(reading, viewer, and(sql`not ${caseFile.open}`, wanted), missing))]
      : open
    const names = await namesFor(
      reading,
      rows.map((row) => row.assignee),
    )
    return rows.map((row) => ({ case: caseRow(row, names), excerpt: row.title }))
  })
}

/** The newest first, and then what is shown of these: a word may be in a thousand cases, of which twenty are shown. */
function newest(
  reading: Reading,
  viewer: Actor,
  wanted: SQL | undefined,
  most: number,
): Promise<CaseColumns[]> {
  const newestFirst = [desc(caseFile.changedAt), desc(caseFile.id)]
  const shown = reading
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.org, viewer.org), wanted))
    .orderBy(...newestFirst)
    .limit(most)
  return reading
    .select(caseColumns)
    .from(caseFile)
    .where(and(eq(caseFile.org, viewer.org), inArray(caseFile.id, shown)))
    .orderBy(...newestFirst)
}
