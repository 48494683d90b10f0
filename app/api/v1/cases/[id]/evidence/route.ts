import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { EMPTY, incoming, keepUpload, searched } from '@/app/_doors/upload'
import { perform, refusedAlready } from '@/lib/act/perform'
import { isRefusal, refuse } from '@/lib/act/refusal'
import { sha256Hex } from '@/lib/record/digest'

/** Stands for a file of which nothing has been read. */
const UNREAD = {
  ...{ sha256: '0'.repeat(64), bytes: 1, media_type: 'application/octet-stream', kind: 'file' },
  ...{ source: 'desk', tool: null, trust: 'typed' },
}

/** Attaches a file: it is on the disk, hashed and synced, before the record speaks of it. */
export const POST = door(async ({ request, url, params, doors, actor }) => {
  const [key, stream] = [keyOf(request), params.id ?? '']
  if (isRefusal(key)) return key
  const name = queryText(url, 'name', 300)
  if (!name)
    return refuse('invalid', '"name": the file needs a name.', 'Send it as ?name=..', { field: 'name' })
  if (!request.body) return EMPTY
  if (Number(request.headers.get('content-length') ?? 0) > doors.settings.maxEvidence)
    return refuse(
      'too_large',
      `The file is larger than ${doors.settings.maxEvidence} bytes.`,
      'Attach the part that matters.',
    )
  const order = { kind: 'case', stream, command: 'attachEvidence', key } as const
  const small = await incoming(request.body)
  // Nothing large is read of somebody who may not attach it, nor for a case that takes nothing. And nothing at all is kept.
  const refused = small.rest && (await refusedAlready(doors, actor, { ...order, input: { ...UNREAD, name } }))
  if (refused) return refused
  const upload = await searched(small, doors.fingerprintKey)
  if (isRefusal(upload)) return upload
  const keep = () => keepUpload(doors, actor.org, upload)
  const { content, media_type, kind, masked } = upload
  const whole = Buffer.isBuffer(content)
  const file = whole ? { sha256: sha256Hex(content), bytes: content.length } : await keep()
  if (isRefusal(file)) return file
  const source = queryText(url, 'source', 500) ?? 'desk'
  const input = { ...file, media_type, name, kind, source, tool: null, trust: 'typed' }
  const outcome = await perform(doors, actor, { ...order, input }, whole ? keep : undefined)
  return isRefusal(outcome) ? outcome : { ...outcome, ...file, media_type, masked }
}, 201)
