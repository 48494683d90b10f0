import { door } from '@/app/_doors/door'
import { readInput } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { newView } from '@/app/_doors/views'
import { MOST_VIEWS, saveView, viewsOf } from '@/db/views'
import { isRefusal, refuse } from '@/lib/act/refusal'

/** The views of the history that the reader keeps. */
export const GET = door(async (asked) => {
  const { doors, actor } = asked
  return maySee(asked, 'viewHistory', 'registry') ?? { views: await viewsOf(doors.sql, actor) }
})

/** Keeps the filters of the history under a name. A convenience of one reader's: nothing about it is on the record. */
export const POST = door(async (asked) => {
  const { doors, actor, request } = asked
  const no = maySee(asked, 'viewHistory', 'registry')
  if (no) return no
  const view = await readInput(request, newView)
  if (isRefusal(view)) return view
  const id = doors.newId('view')
  if (await saveView(doors.sql, actor, { id, ...view })) return { id, ...view }
  return refuse('too_large', `You keep ${MOST_VIEWS} views already.`, 'Delete one that you no longer use.')
}, 201)
