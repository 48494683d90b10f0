import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { search } from '@/db/queries/search'

/** Cases by number or words. */
export const GET = door(async (asked) => {
  const q = queryText(asked.url, 'q')
  return (
    maySee(asked, 'viewCase', 'case') ?? { hits: q ? await search(asked.doors.reader, asked.actor, q) : [] }
  )
})
