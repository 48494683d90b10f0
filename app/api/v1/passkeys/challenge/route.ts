import { door } from '@/app/_doors/door'
import { creationOptions } from '@/app/_doors/passkey'
import { passkeysView } from '@/db/queries/passkeys'
import { accountable } from '@/lib/identity/actor'

/** What the browser needs to make a passkey for whoever asks: a challenge that is good once, in this session. */
export const POST = door(async (asked) => {
  const { doors, actor } = asked
  const view = await passkeysView(doors.reader, actor, accountable(actor), doors.origin)
  return creationOptions(asked, view?.passkeys.map(({ credential_id }) => credential_id) ?? [])
})
