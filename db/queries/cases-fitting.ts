import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/identity/actor'
import type { Reader } from '../reading'
import { caseFile, caseNhi } from '../schema'
import { matching } from './matching'

export type CaseSet = {
  readonly state: 'all' | 'open' | 'closed'
  readonly stage: readonly string[]
  readonly severity: readonly string[]
  readonly nhi: string | null
  readonly q: string | null
}

/** The ids of all cases that fit: for an export, so there is no page of them. */
export function casesFitting(reader: Reader, viewer: Actor, set: CaseSet): Promise<string[]> {
  return reader.read(viewer, async (reading) => {
    const matches = set.q ? await matching(reading, set.q) : undefined
    const rows = await reading
      .select({ id: caseFile.id })
      .from(caseFile)
      .where(and(eq(caseFile.org, viewer.org), matches, ...narrowed(set)))
    return rows.map(({ id }) => id)
  })
}

function narrowed({ state, stage, severity, nhi }: CaseSet): (SQL | undefined)[] {
  return [
    state === 'open' ? sql`${caseFile.open}` : state === 'closed' ? sql`not ${caseFile.open}` : undefined,
    stage.length ? inArray(caseFile.stage, [...stage]) : undefined,
    severity.length ? inArray(caseFile.severity, [...severity]) : undefined,
    nhi
      ? sql`exists (select 1 from ${caseNhi} n where n.org = ${caseFile.org} and n."case" = ${caseFile.id} and n.nhi = ${nhi})`
      : undefined,
  ]
}
