import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { keyOf } from '@/app/_doors/act'
import { type Asked, door } from '@/app/_doors/door'
import { askExport } from '@/app/_doors/export'
import { fetchExport } from '@/app/_doors/export-file'
import { readInput } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { caseTitle } from '@/db/case-of'
import { readExport } from '@/db/queries/exports'
import { isRefusal } from '@/lib/act/refusal'
import { text } from '@/lib/act/text'

const PATIENCE_MS = 30_000
const LOOK_MS = 100

/**
 * The case as a bundle, for scripts: asks for the export, and answers with its file when that is written soon, else (or with
 * `Prefer: respond-async`, RFC 7240) with where to find it.
 */
export const POST = door(async (asked) => {
  const { request, params, doors, actor } = asked
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const input = await readInput(request, z.strictObject({ purpose: text(500) }))
  if (isRefusal(input)) return input
  const id = params.id ?? ''
  if (!(await caseTitle(doors.sql, actor.org, id))) return notFound()
  const found = await askExport(asked, { scope: 'case', case: id, purpose: input.purpose }, key)
  if (isRefusal(found)) return found
  const at = { ...asked, params: { id: found.id } }
  if (!/respond-async/.test(request.headers.get('prefer') ?? '') && (await isDone(at))) return fetchExport(at)
  return Response.json(found, {
    status: 202,
    headers: { location: `/api/v1/exports/${found.id}`, 'cache-control': 'no-store' },
  })
})

async function isDone({ doors, actor, params }: Asked): Promise<boolean> {
  for (const patience = Date.now() + PATIENCE_MS; Date.now() < patience; await pause(LOOK_MS)) {
    const row = await readExport(doors.reader, actor, params.id ?? '')
    if (row?.status !== 'waiting' && row?.status !== 'writing') return row?.status === 'done'
  }
  return false
}
