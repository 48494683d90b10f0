import { sql } from 'drizzle-orm'
import type { CaseRow } from '@/lib/act/view/case'
import type { Category, Disposition, Severity, Stage, Trust } from '@/lib/case/event'
import { peopleTold } from '@/lib/case/late'
import { utc, utcOrNull } from '../reading'
import { caseFile, caseNhi, caseRequest, caseTold } from '../schema'
import { type Names, whoOrNull } from './names'
import type { Opened } from './opened'

/** The columns of a case in a list. The two counts use each table's own index, a page at a time. */
export const caseColumns = {
  id: caseFile.id,
  number: caseFile.number,
  title: caseFile.title,
  stage: caseFile.stage,
  severity: caseFile.severity,
  category: caseFile.category,
  disposition: caseFile.disposition,
  assignee: caseFile.assignee,
  accepted: caseFile.accepted,
  due: utcOrNull(caseFile.due),
  opened_at: utc(caseFile.openedAt),
  changed_at: utc(caseFile.changedAt),
  stage_at: utc(caseFile.stageAt),
  version: caseFile.version,
  trust: caseFile.trust,
  open: caseFile.open,
  nhis: sql<number>`(select count(*)::int from ${caseNhi} n where n.org = ${caseFile.org} and n."case" = ${caseFile.id})`,
  escalated: sql<boolean>`exists (select 1 from ${caseTold} t where t.org = ${caseFile.org} and t."case" = ${caseFile.id})`,
  waiting: sql<number>`(select count(*)::int from ${caseRequest} r where r.org = ${caseFile.org} and r."case" = ${caseFile.id} and r.phase = 'awaiting-approval')`,
}

export type CaseColumns = {
  id: string
  number: number
  title: string
  stage: string
  severity: string | null
  category: string
  disposition: string | null
  assignee: string | null
  accepted: boolean
  due: string | null
  opened_at: string
  changed_at: string
  stage_at: string
  version: number
  trust: string | null
  open: boolean
  nhis: number
  escalated: boolean
  waiting: number
}

/** The row of a case that is open before us: everything in it follows from the state. */
export function rowOf({ moment: { state }, version, changedAt, names }: Opened): CaseRow {
  const { id, number, title, stage, severity, category, disposition } = state
  const { assignee, accepted, due, opened_at, stage_at } = state
  const columns = {
    ...{
      id,
      number,
      title,
      stage,
      severity,
      category,
      disposition,
      assignee,
      accepted,
      due,
      opened_at,
      stage_at,
    },
    version,
    changed_at: changedAt,
    open: stage !== 'closed',
    trust: state.vouched ? 'vouched' : (state.snapshots[0]?.trust ?? null),
    nhis: state.linked.length,
    escalated: peopleTold(state).length > 0,
    waiting: state.requests.filter(({ phase }) => phase === 'awaiting-approval').length,
  }
  return caseRow(columns, names)
}

/** The record's own words come back as such: only `decide` ever wrote them. */
export function caseRow(columns: CaseColumns, names: Names): CaseRow {
  const { open, ...rest } = columns
  return {
    ...rest,
    stage: columns.stage as Stage,
    severity: columns.severity as Severity | null,
    category: columns.category as Category,
    disposition: columns.disposition as Disposition | null,
    trust: (columns.trust === 'vouched' ? null : columns.trust) as Trust | null,
    assignee: whoOrNull(names, columns.assignee),
    exposed: open && columns.category === 'leaked-secret',
  }
}
