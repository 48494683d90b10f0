import { door } from '@/app/_doors/door'
import { ACTS, actOnExport } from '@/app/_doors/export-acts'

/** Has an export written again, with the same content. */
export const POST = door((asked) => actOnExport(asked, ACTS.retry))
