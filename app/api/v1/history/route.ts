import { door } from '@/app/_doors/door'
import { oneOf, queryText } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { readCursor } from '@/db/queries/cursor'
import { readHistory } from '@/db/queries/history'
import type { HistoryFilter } from '@/db/queries/history-walk'

/** Everything that happened, the newest first. */
export const GET = door(async (asked) => {
  const { doors, actor } = asked
  return (
    maySee(asked, 'viewHistory', 'registry', actor.org) ??
    readHistory(doors.reader, actor, filterOf(asked.url))
  )
})

function filterOf(url: URL): HistoryFilter {
  const filter: Record<string, unknown> = {}
  for (const [name, field] of [
    ['case', 'stream'],
    ['actor', 'actor'],
    ['type', 'type'],
    ['q', 'q'],
  ] as const) {
    const value = queryText(url, name)
    if (value) filter[field] = value
  }
  const kind = oneOf(['case', 'nhi', 'registry'], url.searchParams.get('kind'))
  const outcome = oneOf(['permitted', 'refused'], url.searchParams.get('outcome'))
  for (const name of ['from', 'to'] as const) {
    const value = queryText(url, name)
    if (value && !Number.isNaN(Date.parse(value))) filter[name] = new Date(value).toISOString()
  }
  const cursor = readCursor(url.searchParams.get('after') ?? '')
  return {
    ...filter,
    ...(kind ? { kind } : {}),
    ...(outcome ? { outcome } : {}),
    ...(cursor ? { after: cursor } : {}),
  }
}
