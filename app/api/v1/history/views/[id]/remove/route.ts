import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { removeView } from '@/db/views'

/** Keeps a view no longer; only its owner can. */
export const POST = door(async (asked) => {
  const { doors, actor, params } = asked
  const no = maySee(asked, 'viewHistory', 'registry')
  if (no) return no
  return (await removeView(doors.sql, actor, params.id ?? '')) ? { removed: params.id } : notFound()
})
