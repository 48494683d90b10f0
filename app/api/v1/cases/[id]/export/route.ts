import { Readable } from 'node:stream'
import { z } from 'zod'
import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { attachment } from '@/app/_doors/download'
import { exportBundle } from '@/app/_doors/export'
import { readInput } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { caseTitle } from '@/db/case-of'
import { isRefusal } from '@/lib/act/refusal'
import { text } from '@/lib/act/text'

/** The case as a bundle that anybody can check offline. The export is recorded first, as the last event that it holds. */
export const POST = door(async (asked) => {
  const { request, params, doors, actor } = asked
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const input = await readInput(request, z.strictObject({ purpose: text(500) }))
  if (isRefusal(input)) return input
  const file = await caseTitle(doors.sql, actor.org, params.id ?? '')
  if (!file) return notFound()
  const zip = await exportBundle(asked, params.id ?? '', input.purpose, key)
  if (isRefusal(zip)) return zip
  const { 'content-length': _, ...headers } = attachment(`case-${file.number}.zip`, 'application/zip', 0)
  return new Response(Readable.toWeb(zip) as ReadableStream<Uint8Array>, { headers })
})
