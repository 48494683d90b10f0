import { z } from 'zod'
import { door } from '@/app/_doors/door'
import { readQuery } from '@/app/_doors/input'
import { maySee } from '@/app/_doors/see'
import { readResolution } from '@/db/queries/resolution'
import { isRefusal } from '@/lib/act/refusal'
import { PERIODS } from '@/lib/act/view/resolution'

const query = z.strictObject({
  days: z.coerce.number().pipe(z.literal(PERIODS)).default(PERIODS[0]),
})

/** How long the cases that were closed of late had taken, and how many of them were in time. */
export const GET = door(async (asked) => {
  const refused = maySee(asked, 'viewCase', 'case')
  if (refused) return refused
  const wanted = readQuery(asked.url, query)
  return isRefusal(wanted) ? wanted : readResolution(asked.doors.reader, asked.actor, wanted.days)
})
