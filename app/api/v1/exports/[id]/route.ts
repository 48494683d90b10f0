import { door } from '@/app/_doors/door'
import { viewOf } from '@/app/_doors/export'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { readExport } from '@/db/queries/exports'

/** One export, and how far it is. */
export const GET = door(async (asked) => {
  const { doors, actor, params } = asked
  const refused = maySee(asked, 'viewExports', 'registry', 'registry')
  if (refused) return refused
  const row = await readExport(doors.reader, actor, params.id ?? '')
  return row ? viewOf(asked, row) : notFound()
})
