import { keyOf } from '@/app/_doors/act'
import { readBytes } from '@/app/_doors/body'
import { door } from '@/app/_doors/door'
import { importNhis } from '@/app/_doors/import-nhis'
import { maySee } from '@/app/_doors/see'
import { isRefusal, refuse } from '@/lib/act/refusal'

const MOST = 4 * 1024 * 1024

/** A list of identities as CSV: looked at (`mode=preview`), or registered (`mode=apply`). */
export const POST = door(async (asked) => {
  const { request, url } = asked
  const refused = maySee(asked, 'viewNhi', 'nhi')
  const key = keyOf(request)
  if (refused || isRefusal(key)) return refused ?? key
  if (!request.headers.get('content-type')?.startsWith('text/csv'))
    return refuse('unsupported', 'The body must be text/csv.', 'Set the header Content-Type.')
  const bytes = await readBytes(request, MOST)
  if (isRefusal(bytes)) return bytes
  const text = Buffer.from(bytes).toString('utf8')
  if (text.includes('\u0000') || text.includes('\ufffd'))
    return refuse('invalid', 'The list is not valid UTF-8 text.', 'Save it as UTF-8.')
  return importNhis(asked, text, url.searchParams.get('mode') === 'apply', key)
})
