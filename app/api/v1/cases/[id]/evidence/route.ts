import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { EMPTY, keepUpload, searched, tooLarge } from '@/app/_doors/upload'
import { bodyOf } from '@/app/_doors/wire'
import { beginning } from '@/db/content/parts'
import { SMALL } from '@/db/content/store'
import { carried } from '@/lib/act/carried'
import { perform, refusedAlready } from '@/lib/act/perform'
import { isRefusal, refuse } from '@/lib/act/refusal'

/** Stands for a file of which nothing has been read. */
const UNREAD = {
  ...{ sha256: '0'.repeat(64), bytes: 1, media_type: 'application/octet-stream', kind: 'file' },
  ...{ source: 'desk', tool: null, trust: 'typed' },
}

/** Attaches a file. A small one is kept with the event that names it; a large one is on the disk, hashed and synced, before that. */
export const POST = door(async ({ request, url, params, doors, actor }) => {
  const [key, stream] = [keyOf(request), params.id ?? '']
  if (isRefusal(key)) return key
  const name = queryText(url, 'name', 300)
  if (!name)
    return refuse('invalid', '"name": the file needs a name.', 'Send it as ?name=..', { field: 'name' })
  const body = bodyOf(request)
  if (!body) return EMPTY
  const { maxEvidence } = doors.settings
  if (Number(request.headers.get('content-length') ?? 0) > maxEvidence) return tooLarge(maxEvidence)
  const order = { kind: 'case', stream, command: 'attachEvidence', key } as const
  const begun = await beginning(body, SMALL + 1)
  const isLarge = begun.rest !== null
  if (begun.bytes.length > maxEvidence) return tooLarge(maxEvidence)
  // Nothing large is read of somebody who may not attach it, nor for a case that takes nothing. And nothing at all is kept.
  const refused = isLarge && (await refusedAlready(doors, actor, { ...order, input: { ...UNREAD, name } }))
  if (refused) return refused
  const upload = await searched(begun, doors.fingerprintKey)
  if (isRefusal(upload)) return upload
  const { content, media_type, kind, masked } = upload
  const small = !isLarge && Buffer.isBuffer(content) ? carried(content) : null
  const file = small
    ? { sha256: small.sha256, bytes: small.content.length }
    : await keepUpload(doors, actor.org, upload)
  if (isRefusal(file)) return file
  const source = queryText(url, 'source', 500) ?? 'desk'
  const input = { ...file, media_type, name, kind, source, tool: null, trust: 'typed' }
  const outcome = await perform(doors, actor, { ...order, input }, small ? [small] : [])
  return isRefusal(outcome) ? outcome : { ...outcome, ...file, media_type, masked }
}, 201)
