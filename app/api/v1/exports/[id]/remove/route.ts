import { door } from '@/app/_doors/door'
import { ACTS, actOnExport } from '@/app/_doors/export-acts'

/** Deletes the file of an export; the export stays on the list. */
export const POST = door((asked) => actOnExport(asked, ACTS.remove))
