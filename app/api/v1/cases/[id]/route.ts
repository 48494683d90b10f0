import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { readCase } from '@/db/queries/case-file'

/** A case with everything on its page. */
export const GET = door(async (asked) => {
  const { params, doors, actor } = asked
  return (
    maySee(asked, 'viewCase', 'case', params.id) ??
    (await readCase(doors.reader, actor, doors, params.id ?? '')) ??
    notFound()
  )
})
