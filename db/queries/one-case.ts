import { and, eq } from 'drizzle-orm'
import type { CaseRow } from '@/lib/act/view/case'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile } from '../schema'
import { caseColumns } from './case-rows'
import { withNames } from './cases'

/** A case as a list shows it. */
export function readCaseRow(reader: Reader, viewer: Pick<Actor, 'org'>, id: string): Promise<CaseRow | null> {
  return reader.read(viewer, async (reading) => {
    const found = await reading
      .select(caseColumns)
      .from(caseFile)
      .where(and(eq(caseFile.org, viewer.org), eq(caseFile.id, id)))
    return (await withNames(reading, found))[0] ?? null
  })
}
