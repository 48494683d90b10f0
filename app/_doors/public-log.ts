import { publishedCheckpoint, publishedTile, witnessedCheckpoint } from '@/db/log/published'
import { sha256Hex } from '@/lib/record/digest'
import { parseTilePath } from '@/lib/record/tile'
import { answer } from './answer'
import { type Door, open, type Visit } from './door'
import { addressOf, LOG_READERS, limiter } from './limit'
import { notFound } from './not-found'

/** C2SP tlog-tiles: what was published once under an address stays so for ever, partial tiles included. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Anybody may keep it, and asks each time whether it is still the newest. */
const ASK_AGAIN = 'public, no-cache'

const readers = limiter(LOG_READERS)

/** The newest checkpoint: a signed note, with the cosignatures that it has by now. */
export const checkpointDoor: Door = logDoor(({ request, params, doors }) =>
  noteAnswer(request, publishedCheckpoint(doors.sql, params.org ?? '')),
)

/** The newest checkpoint that enough witnesses cosigned: a little behind, and worth more. */
export const witnessedDoor: Door = logDoor(({ request, params, doors }) =>
  noteAnswer(request, witnessedCheckpoint(doors.sql, params.org ?? '')),
)

async function noteAnswer(request: Request, found: Promise<string | null>): Promise<Response | null> {
  const note = await found
  if (note === null) return null
  const etag = `"${sha256Hex(note).slice(0, 32)}"`
  const headers = publicly('text/plain; charset=utf-8', { 'cache-control': ASK_AGAIN, etag })
  const known = request.headers.get('if-none-match')?.split(',') ?? []
  return known.some((each) => each.trim().replace(/^W\//, '') === etag)
    ? new Response(null, { status: 304, headers })
    : new Response(note, { headers })
}

/** A tile of hashes or a bundle of entries, under the one spelling that its address has. */
export const tileDoor: Door = logDoor(async ({ url, params, doors }) => {
  const org = params.org ?? ''
  const address = parseTilePath(url.pathname.slice(`/api/log/${org}/`.length))
  const bytes = address && (await publishedTile(doors.sql, org, address))
  if (!bytes) return null
  const headers = publicly('application/octet-stream', { 'cache-control': FOR_EVER })
  return new Response(new Uint8Array(bytes), { headers })
})

/** Nobody has to be signed in: a log that only its friends can read proves nothing to strangers. It holds ids and digests alone. */
function logDoor(serve: (visit: Visit) => Promise<Response | null>): Door {
  return open(async (visit) => {
    const tooMany = readers(addressOf(visit.request))
    return answer(tooMany ?? (await serve(visit)) ?? notFound())
  })
}

/** Readable from any page, too: a monitor may run in somebody's browser. */
function publicly(mediaType: string, more: Record<string, string>): Record<string, string> {
  return {
    'content-type': mediaType,
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    ...more,
  }
}
