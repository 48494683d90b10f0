import { caseOfMessage } from '@/db/case-of'
import { firstDeliveryWithJob } from '@/db/inbox'
import { masked } from '@/db/promotion/promote'
import type { ReplyPayload } from '@/db/tasks/reply'
import type { Inbound } from '@/lib/chat/adapter'
import { messageKey } from '@/lib/chat/message-key'
import { idOf, type Told } from './slack'
import { deliveredSnapshot } from './slack-delivered'

type Replied = Extract<Inbound, { kind: 'observed'; change: 'replied' }>

/** Somebody answered in a thread that is on record: kept as another message of its case, whatever it says, and never as a command (C01). */
export async function keepReply({ place, said, dedupe }: Replied, told: Told): Promise<null> {
  const { doors, id } = told
  const { org } = doors.settings
  if (place.thread_ts === null) return null
  const found = await caseOfMessage(doors.sql, org, messageKey({ ...place, ts: place.thread_ts }), [])
  if (!found) return null
  const content = await masked(doors, org, {
    snapshot: deliveredSnapshot(place, said, told),
    message_key: messageKey({ ...place }),
    by: null,
  })
  const payload: ReplyPayload = { case: found, content, request: id, key: idOf('reply', dedupe) }
  const delivery = { key: dedupe, platform: 'slack', kind: 'observed-replied' }
  await firstDeliveryWithJob(doors.sql, org, delivery, { name: 'reply', payload })
  return null
}
