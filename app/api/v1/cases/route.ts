import { door } from '@/app/_doors/door'
import { listOf, oneOf, queryText } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { type CaseFilter, listCases } from '@/db/queries/cases'
import { readCursor } from '@/db/queries/cursor'
import { refuse } from '@/lib/act/refusal'
import { instant } from '@/lib/act/text'
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
  const since = queryText(url, 'changed_since')
  if (since !== null && !instant.safeParse(since).success)
    return refuse(
      'invalid',
      '"changed_since": this is not a time.',
      'Send it as it stands in `changed_at`, e.g. 2026-03-01T09:00:00.000Z.',
      { field: 'changed_since' },
    )
  const filter: CaseFilter = {
    view: oneOf(VIEWS, url.searchParams.get('view')) ?? 'open',
    severity: listOf(SEVERITIES, url.searchParams.get('severity')),
    stage: listOf(STAGES, url.searchParams.get('stage')),
    ...(q ? { q } : {}),
    ...(nhi ? { nhi } : {}),
    ...(cursor ? { after: cursor } : {}),
    ...(since ? { changedSince: since } : {}),
    overdue: url.searchParams.get('due') === 'overdue',
  }
  return maySee(asked, 'viewCase', 'case') ?? listCases(doors.reader, actor, filter)
})
