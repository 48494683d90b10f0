import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { type CasePage, type CaseRow, MOST_COUNTED } from '@/lib/act/view/case'
import type { Actor } from '@/lib/identity/actor'
import type { Reader, Reading } from '../reading'
import { caseFile, caseNhi, caseRequest, caseTold, nhi } from '../schema'
import { type CaseColumns, caseColumns, caseRow } from './case-rows'
import { after, type Cursor, cursorOf } from './cursor'
import { matching } from './matching'
import { namesFor } from './names'

export type View = 'open' | 'mine' | 'waiting' | 'unassigned' | 'closed'
export type CaseFilter = {
  readonly view: View
  readonly severity?: readonly string[]
  readonly stage?: readonly string[]
  readonly q?: string
  readonly nhi?: string
  /** Past their due time. */
  readonly overdue?: boolean
  /** Changed then or later: for whoever reads again what they have read before. */
  readonly changedSince?: string
  readonly after?: Cursor
  readonly most?: number
}

const PAGE = 50
const LONGEST_PAGE = 200
/** In the query itself, as every limit (db/reading.ts). */
const COUNTED = sql.raw(`${MOST_COUNTED}`)

/** A page of cases, the last changed first. Keyset paging: any page costs what the first one costs. */
export function listCases(reader: Reader, viewer: Actor, filter: CaseFilter): Promise<CasePage> {
  return reader.read(viewer, async (reading) => {
    const most = Math.min(filter.most ?? PAGE, LONGEST_PAGE)
    const [found, counted] = await Promise.all([
      page(reading, viewer, filter, 1 + (most <= PAGE ? PAGE : LONGEST_PAGE)),
      counts(reading, viewer),
    ])
    const rows = await withNames(reading, found.slice(0, most))
    const last = rows.at(-1)
    const next = found.length > most && last ? cursorOf(last.changed_at, last.id) : null
    return { rows, next, counts: counted }
  })
}

export async function withNames(reading: Reading, columns: CaseColumns[]): Promise<CaseRow[]> {
  const names = await namesFor(
    reading,
    columns.map((each) => each.assignee),
  )
  return columns.map((each) => caseRow(each, names))
}

async function page(
  reading: Reading,
  viewer: Actor,
  filter: CaseFilter,
  most: number,
): Promise<CaseColumns[]> {
  const matches = filter.q ? await matching(reading, filter.q) : undefined
  return reading
    .select(caseColumns)
    .from(caseFile)
    .where(and(eq(caseFile.org, viewer.org), inView(filter.view, viewer), matches, ...narrowed(filter)))
    .orderBy(desc(caseFile.changedAt), desc(caseFile.id))
    .limit(most)
}

function narrowed({
  severity,
  stage,
  nhi: linked,
  overdue,
  changedSince,
  after: cursor,
}: CaseFilter): (SQL | undefined)[] {
  return [
    severity?.length ? inArray(caseFile.severity, [...severity]) : undefined,
    stage?.length ? inArray(caseFile.stage, [...stage]) : undefined,
    linked
      ? sql`exists (select 1 from ${caseNhi} n where n.org = ${caseFile.org} and n."case" = ${caseFile.id} and n.nhi = ${linked})`
      : undefined,
    overdue ? sql`${caseFile.due} < now()` : undefined,
    changedSince ? sql`${caseFile.changedAt} >= ${changedSince}::timestamptz` : undefined,
    cursor ? after(caseFile.changedAt, caseFile.id, cursor) : undefined,
  ]
}

function inView(view: View, viewer: Actor): SQL | undefined {
  switch (view) {
    case 'open':
      return sql`${caseFile.open}`
    case 'closed':
      return sql`not ${caseFile.open}`
    case 'unassigned':
      return and(sql`${caseFile.open}`, isNull(caseFile.assignee))
    case 'mine':
      return and(sql`${caseFile.open}`, eq(caseFile.assignee, viewer.id))
    case 'waiting':
      return and(sql`${caseFile.open}`, sql`${caseFile.id} = any (array(${waiting(viewer)}))`)
  }
}

/** What waits for this person, found from the few rows that ask for it: going through all open cases would take ever longer. */
function waiting(viewer: Actor): SQL {
  const { id, org } = viewer
  const approver = viewer.kind === 'human' && viewer.roles.includes('approver')
  // Asked to take a case, and no answer yet.
  const asked = sql`select f.id from ${caseFile} f where f.org = ${org} and f.open and f.assignee = ${id} and not f.accepted`
  // An action that they may decide on: an approver who didn't ask for it, or the owner of its target.
  const undecided = sql`select r."case" from ${caseRequest} r where r.org = ${org} and r.open
    and r.phase = 'awaiting-approval' and r.requester <> ${id} and (${approver} or (r.asks_owner and r.target_owner = ${id}))`
  // An open case about an identity that they answer for.
  const owned = sql`select n."case" from ${nhi} i join ${caseNhi} n on n.org = i.org and n.nhi = i.id and n.open
    where i.org = ${org} and i.owner = ${id}`
  // Told that something about it has waited too long.
  const told = sql`select t."case" from ${caseTold} t where t.org = ${org} and t.person = ${id}`
  return sql`${asked} union ${undecided} union ${owned} union ${told}`
}

async function counts(reading: Reading, viewer: Actor): Promise<CasePage['counts']> {
  const count = (view: View) =>
    sql<number>`(select count(*)::int from (select 1 from ${caseFile} where ${and(eq(caseFile.org, viewer.org), inView(view, viewer))} limit ${COUNTED}) as few)`
  const [row] = await reading
    .select({
      open: count('open'),
      mine: count('mine'),
      waiting: count('waiting'),
      unassigned: count('unassigned'),
      closed: count('closed'),
    })
    .from(sql`(select 1) as one`)
  return row ?? { open: 0, mine: 0, waiting: 0, unassigned: 0, closed: 0 }
}
