import { randomBytes } from 'node:crypto'
import { door } from '@/app/_doors/door'
import { oneOf } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { maySee } from '@/app/_doors/see'
import { statementView } from '@/db/queries/approvals'

/** The exact bytes that a decision on this action would bind to, made now for this viewer. */
export const GET = door(async (asked) => {
  const { url, params, doors, actor } = asked
  const decision =
    oneOf(['approve', 'refuse', 'break-glass'], url.searchParams.get('decision') ?? '') ?? 'approve'
  const nonce = randomBytes(16).toString('base64url')
  const refused = maySee(asked, 'viewCase', 'case', params.id)
  if (refused) return refused
  const { reader, settings } = doors
  const view = await statementView(
    reader,
    actor,
    doors,
    params.id ?? '',
    params.request ?? '',
    decision,
    nonce,
  )
  return view ? { ...view, provider: settings.oidc !== null } : notFound()
})
