import { Readable } from 'node:stream'
import { exportFiles } from '@/db/export/files'
import { readExport } from '@/db/queries/exports'
import { perform } from '@/lib/act/perform'
import { isRefusal, type Refusal, refuse } from '@/lib/act/refusal'
import type { Asked } from './door'
import { attachment } from './download'
import { notFound } from './not-found'
import { rangeOf } from './range'
import { REGISTRY } from './registry'

/**
 * The file of an export, or the part of it that is asked for, so that a download that broke off goes on (RFC 9110, 14). Who took
 * it away is on the record, once a day.
 */
export async function fetchExport(asked: Asked): Promise<Response | Refusal> {
  const { request, params, doors, actor } = asked
  const row = await readExport(doors.reader, actor, params.id ?? '')
  if (!row) return notFound()
  const input = { export: row.id, sha256: row.file?.sha256 ?? '0'.repeat(64) }
  const key = `fetch:${row.id}:${input.sha256.slice(0, 16)}:${new Date().toISOString().slice(0, 10)}`
  const files = exportFiles(doors.settings.data)
  const size = row.status === 'done' ? await files.size(actor.org, row.id) : null
  const receipt = await perform(doors, actor, {
    kind: 'registry',
    stream: REGISTRY,
    command: 'fetchExport',
    input,
    key,
  })
  if (isRefusal(receipt)) return receipt
  if (!row.file || size !== row.file.bytes)
    return refuse('stale', 'This export has no file.', 'Retry the export, and its file is written again.')
  const etag = `"${row.file.sha256}"`
  const range = rangeOf(request.headers.get('range'), request.headers.get('if-range'), etag, size)
  const headers = { 'accept-ranges': 'bytes', etag, ...attachment(row.file.name, 'application/zip', size) }
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' },
    })
  const stream = await files.read(actor.org, row.id, range?.start, range?.end)
  if (!stream) return notFound()
  const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>
  if (!range) return new Response(body, { headers })
  const part = {
    'content-length': String(range.end - range.start + 1),
    'content-range': `bytes ${range.start}-${range.end}/${size}`,
  }
  return new Response(body, { status: 206, headers: { ...headers, ...part } })
}
