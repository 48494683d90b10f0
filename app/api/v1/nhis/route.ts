import { keyOf } from '@/app/_doors/act'
import { readJson } from '@/app/_doors/body'
import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { withoutSecrets } from '@/app/_doors/masked'
import { maySee } from '@/app/_doors/see'
import { madeId } from '@/db/promotion/made-id'
import { listNhis } from '@/db/queries/nhis'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'

/** The registry of non-human identities. */
export const GET = door(async (asked) => {
  const { url, doors, actor } = asked
  const [q, owner, environment] = [
    queryText(url, 'q'),
    queryText(url, 'owner'),
    queryText(url, 'environment'),
  ]
  const filter = { ...(q ? { q } : {}), ...(owner ? { owner } : {}), ...(environment ? { environment } : {}) }
  return (
    maySee(asked, 'viewNhi', 'nhi') ?? {
      rows: await listNhis(doors.reader, actor, filter, new Date().toISOString()),
    }
  )
})

/** Registers one. */
export const POST = door(async ({ request, doors, actor }) => {
  const key = keyOf(request)
  if (isRefusal(key)) return key
  const typed = await readJson(request)
  if (isRefusal(typed)) return typed
  const input = await withoutSecrets(doors, typed)
  const stream = madeId('nhi', actor, key)
  return perform(doors, actor, { kind: 'nhi', stream, command: 'registerNhi', input, key })
}, 201)
