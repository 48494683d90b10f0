import { door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { changedView } from '@/app/_doors/views'
import { changeView, viewOf } from '@/db/views'
import { isRefusal } from '@/lib/act/refusal'

/** A view of the history, whoever keeps it: what it shows is what the reader may see. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  return (
    maySee(asked, 'viewHistory', 'registry') ??
    (await viewOf(doors.sql, actor, params.id ?? '')) ??
    notFound()
  )
})

/** Renames a view, or gives it other filters; only its owner can. */
export const POST = door(async (asked) => {
  const { doors, actor, params, request } = asked
  const no = maySee(asked, 'viewHistory', 'registry')
  if (no) return no
  const changes = await readInput(request, changedView)
  if (isRefusal(changes)) return changes
  const changed = await changeView(doors.sql, actor, params.id ?? '', changes)
  return changed ? viewOf(doors.sql, actor, params.id ?? '') : notFound()
})
