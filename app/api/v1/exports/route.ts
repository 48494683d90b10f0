import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { askExport, viewOf } from '@/app/_doors/export'
import { exportOrder } from '@/app/_doors/export-order'
import { readInput } from '@/app/_doors/input'
import { mayHandle, maySee } from '@/app/_doors/see'
import { readCursor } from '@/db/queries/cursor'
import { listExports } from '@/db/queries/exports'
import { isRefusal } from '@/lib/act/refusal'

/** Every export, the last one first. */
export const GET = door(async (asked) => {
  const { doors, actor, url } = asked
  const refused = maySee(asked, 'viewExports', 'registry', 'registry')
  if (refused) return refused
  const { rows, next } = await listExports(
    doors.reader,
    actor,
    readCursor(url.searchParams.get('after') ?? ''),
  )
  return {
    rows: rows.map((row) => viewOf(asked, row)),
    next,
    may: { export: mayHandle(asked, 'exportRecord') },
  }
})

/** Asks for an export: it is on record at once, its file follows. */
export const POST = door(async (asked) => {
  const key = keyOf(asked.request)
  if (isRefusal(key)) return key
  const order = await readInput(asked.request, exportOrder)
  return isRefusal(order) ? order : askExport(asked, order, key)
}, 202)
