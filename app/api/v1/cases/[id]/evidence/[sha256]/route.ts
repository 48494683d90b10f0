import { Readable } from 'node:stream'
import { door } from '@/app/_doors/door'
import { attachment } from '@/app/_doors/download'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { evidenceOf } from '@/db/case-of'

/** A piece of evidence, as a download. A sealed secret is nobody's to download: executors have their own address. */
export const GET = door(async (asked) => {
  const { params, doors, actor } = asked
  const refused = maySee(asked, 'viewCase', 'case', params.id)
  if (refused) return refused
  const row = await evidenceOf(doors.sql, actor.org, params.id ?? '', params.sha256 ?? '')
  const file = row && row.kind !== 'sealed-secret' ? await doors.content.read(actor.org, row.sha256) : null
  if (!row || !file) return notFound()
  return new Response(Readable.toWeb(file.stream) as ReadableStream<Uint8Array>, {
    headers: attachment(row.name, row.media_type, file.bytes),
  })
})
