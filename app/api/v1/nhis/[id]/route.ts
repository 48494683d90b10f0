import { door } from '@/app/_doors/door'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { readNhi } from '@/db/queries/nhis'

/** A non-human identity with its credentials, keys, cases and history. */
export const GET = door(async (asked) => {
  const { params, doors, actor } = asked
  return (
    maySee(asked, 'viewNhi', 'nhi', params.id) ??
    (await readNhi(doors.reader, actor, doors, params.id ?? '')) ??
    notFound()
  )
})
