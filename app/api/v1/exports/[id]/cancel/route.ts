import { door } from '@/app/_doors/door'
import { ACTS, actOnExport } from '@/app/_doors/export-acts'

/** Stops an export: nothing of its file is kept. */
export const POST = door((asked) => actOnExport(asked, ACTS.cancel))
