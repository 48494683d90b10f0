import { door } from '@/app/_doors/door'
import { fetchExport } from '@/app/_doors/export-file'

/** The file of an export, whole or in parts. */
export const GET = door(fetchExport)
