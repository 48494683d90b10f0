import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '@/lib/identity/actor'
import type { CasePage, CaseRow } from '@/lib/act/view'
import type { Reader, Reading } from '../reading'
import { caseFile, caseNhi, caseRequest, nhi } from '../schema'
import { type CaseColumns, caseColumns, caseRow } from './case-rows'
import { after, type Cursor, cursorOf } from './cursor'
import { namesFor } from './names'

export type View = 'open' | 'mine' | 'waiting' | 'unassigned' | 'closed'
export type CaseFilter = {
  readonly view: View
  readonly severity?: readonly string[]
  readonly stage?: readonly string[]
  readonly q?: string
  readonly nhi?: string
  readonly after?: Cursor
  readonly most?: number
}

export const PAGE = 50
/** Counting stops here: "500+" says as much, and costs the same however many there are. */
const COUNT_LIMIT = 500

/** A page of cases, the last changed first. Keyset paging: any page costs what the first one costs. */
export function listCases(reader: Reader, viewer: Actor, filter: CaseFilter): Promise<CasePage> {
  return reader.read(viewer, async (reading) => {
    const most = Math.min(filter.most ?? PAGE, 200)
    const found = await page(reading, viewer, filter, most + 1)
    const rows = await withNames(reading, found.slice(0, most))
    const last = rows.at(-1)
    const next = found.length > most && last ? cursorOf(last.changed_at, last.id) : null
    return { rows, next, counts: await counts(reading, viewer) }
  })
}

export async function withNames(reading: Reading, columns: CaseColumns[]): Promise<CaseRow[]> {
  const names = await namesFor(reading, columns.map((each) => each.assignee))
  return columns.map((each) => caseRow(each, names))
}

function page(reading: Reading, viewer: Actor, filter: CaseFilter, most: number): Promise<CaseColumns[]> {
  return reading
    .select(caseColumns)
    .from(caseFile)
    .where(and(eq(caseFile.org, viewer.org), inView(filter.view, viewer), ...narrowed(filter)))
    .orderBy(desc(caseFile.changedAt), desc(caseFile.id))
    .limit(most)
}

function narrowed({ severity, stage, q, nhi: linked, after: cursor }: CaseFilter): (SQL | undefined)[] {
  return [
    severity?.length ? inArray(caseFile.severity, [...severity]) : undefined,
    stage?.length ? inArray(caseFile.stage, [...stage]) : undefined,
    q ? matching(q) : undefined,
    linked ? sql`exists (select 1 from ${caseNhi} n where n.org = ${caseFile.org} and n."case" = ${caseFile.id} and n.nhi = ${linked})` : undefined,
    cursor ? after(caseFile.changedAt, caseFile.id, cursor) : undefined,
  ]
}

/** Every word must occur, the last one may still be growing. */
export function matching(q: string): SQL {
  const words = q.match(/[\p{L}\p{N}_@.-]+/gu) ?? []
  const query = words.map((word) => `'${word.replaceAll("'", "''")}':*`).join(' & ')
  return query ? sql`${caseFile.words} @@ to_tsquery('simple', ${query})` : sql`true`
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
      return and(sql`${caseFile.open}`, or(asked(viewer), undecided(viewer), owning(viewer)))
  }
}

/** Asked to take a case, and no answer yet. */
function asked(viewer: Actor): SQL | undefined {
  return and(eq(caseFile.assignee, viewer.id), sql`not ${caseFile.accepted}`)
}

/** An action that this person may decide on: an approver who didn't ask for it, or the owner of its target. */
function undecided(viewer: Actor): SQL {
  const approver = viewer.kind === 'human' && viewer.roles.includes('approver')
  return sql`${caseFile.id} in (select r."case" from ${caseRequest} r where r.org = ${viewer.org} and r.open
    and r.phase = 'awaiting-approval' and r.requester <> ${viewer.id} and (${approver} or (r.asks_owner and r.target_owner = ${viewer.id})))`
}

/** An open case about an NHI that they answer for. */
function owning(viewer: Actor): SQL {
  return sql`${caseFile.id} in (select n."case" from ${caseNhi} n join ${nhi} i on i.org = n.org and i.id = n.nhi
    where n.org = ${viewer.org} and n.open and i.owner = ${viewer.id})`
}

async function counts(reading: Reading, viewer: Actor): Promise<CasePage['counts']> {
  const count = (view: View) =>
    sql<number>`(select count(*)::int from (select 1 from ${caseFile} where ${and(eq(caseFile.org, viewer.org), inView(view, viewer))} limit ${COUNT_LIMIT}) as few)`
  const [row] = await reading
    .select({ open: count('open'), mine: count('mine'), waiting: count('waiting'), unassigned: count('unassigned'), closed: count('closed') })
    .from(sql`(select 1) as one`)
  return row ?? { open: 0, mine: 0, waiting: 0, unassigned: 0, closed: 0 }
}
