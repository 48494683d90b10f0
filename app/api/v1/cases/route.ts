import { door } from '@/app/_doors/door'
import { listOf, oneOf, queryText } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { type CaseFilter, listCases } from '@/db/queries/cases'
import { readCursor } from '@/db/queries/cursor'
import { SEVERITIES, STAGES } from '@/lib/case/event'

const VIEWS = ['open', 'mine', 'waiting', 'unassigned', 'closed'] as const

/** A page of cases. */
export const GET = door(async (asked) => {
  const { url, doors, actor } = asked
  const [q, nhi, cursor] = [
    queryText(url, 'q'),
    queryText(url, 'nhi'),
    readCursor(url.searchParams.get('after') ?? ''),
  ]
  const filter: CaseFilter = {
    view: oneOf(VIEWS, url.searchParams.get('view')) ?? 'open',
    severity: listOf(SEVERITIES, url.searchParams.get('severity')),
    stage: listOf(STAGES, url.searchParams.get('stage')),
    ...(q ? { q } : {}),
    ...(nhi ? { nhi } : {}),
    ...(cursor ? { after: cursor } : {}),
  }
  return maySee(asked, 'viewCase', 'case') ?? listCases(doors.reader, actor, filter)
})
