import { door } from '@/app/_doors/door'
import { queryText } from '@/app/_doors/input'
import { notFound } from '@/app/_doors/not-found'
import { enrolPasskey } from '@/app/_doors/passkey'
import { maySee } from '@/app/_doors/see'
import { passkeysView } from '@/db/queries/passkeys'
import { accountable } from '@/lib/identity/actor'

/** One's own passkeys; those of others are for administrators and auditors. */
export const GET = door(async (asked) => {
  const { url, doors, actor } = asked
  const self = accountable(actor)
  const of = queryText(url, 'of') ?? self
  const refused =
    of === self && actor.kind === 'human' ? null : maySee(asked, 'viewSettings', 'registry', 'registry')
  return refused ?? (await passkeysView(doors.reader, actor, of, doors.origin)) ?? notFound()
})

/** Enrols one. */
export const POST = door(enrolPasskey, 201)
