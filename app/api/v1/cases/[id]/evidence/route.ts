import { keyOf } from '@/app/_doors/act'
import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { keepUpload } from '@/app/_doors/upload'
import { perform, refusedAlready } from '@/lib/act/perform'
import { isRefusal, refuse } from '@/lib/act/refusal'

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
  if (!request.body) return refuse('invalid', 'The file is empty.', 'Send its bytes as the body.')
  if (Number(request.headers.get('content-length') ?? 0) > doors.settings.maxEvidence)
    return refuse(
      'too_large',
      `The file is larger than ${doors.settings.maxEvidence} bytes.`,
      'Attach the part that matters.',
    )
  const order = { kind: 'case', stream, command: 'attachEvidence', key } as const
  // Nothing is kept of somebody who may not attach it, and nothing for a case that takes none.
  const refused = await refusedAlready(doors, actor, { ...order, input: { ...UNREAD, name } })
  if (refused) return refused
  const kept = await keepUpload(doors, actor.org, request.body)
  if (isRefusal(kept)) return kept
  const { sha256, bytes, media_type, kind, masked } = kept
  const input = {
    sha256,
    bytes,
    media_type,
    name,
    kind,
    source: queryText(url, 'source', 500) ?? 'desk',
    tool: null,
    trust: 'typed',
  }
  const outcome = await perform(doors, actor, { ...order, input })
  return isRefusal(outcome) ? outcome : { ...outcome, sha256, bytes, media_type, masked }
}, 201)
