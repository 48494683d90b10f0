import { caseOfMessage } from '@/db/case-of'
import { firstDeliveryWithJob } from '@/db/inbox'
import type { DriftPayload } from '@/db/tasks/drift'
import type { Inbound } from '@/lib/chat/adapter'
import { mask } from '@/lib/chat/mask'
import { messageKey } from '@/lib/chat/message-key'
import { storable } from '@/lib/chat/storable'
import { idOf, type Told } from './slack'
import { keepReply } from './slack-reply'

type Observed = Extract<Inbound, { kind: 'observed' }>
type Change = Exclude<Observed, { change: 'replied' }>

/** Something happened to a message or in its thread. Of what is not on record nothing is kept, not even that it came. */
export function observe(observed: Observed, told: Told): Promise<null> {
  return observed.change === 'replied' ? keepReply(observed, told) : keepChange(observed, told)
}

/** Somebody edited or deleted a message. */
async function keepChange(
  { place, change, text, observed_at, dedupe }: Change,
  { doors, id }: Told,
): Promise<null> {
  const { org } = doors.settings
  const root = place.thread_ts ?? place.ts
  const own = await caseOfMessage(doors.sql, org, messageKey({ ...place }), [])
  const found = own ?? (await caseOfMessage(doors.sql, org, messageKey({ ...place, ts: root }), []))
  if (!found) return null
  const safe = text === null ? null : storable((await mask(text, doors.fingerprintKey)).text)
  const payload: DriftPayload = {
    case: found,
    message_id: place.ts,
    change,
    text: safe,
    observed_at,
    request: id,
    key: idOf('drift', dedupe),
  }
  await firstDeliveryWithJob(
    doors.sql,
    org,
    { key: dedupe, platform: 'slack', kind: `observed-${change}` },
    { name: 'drift', payload },
  )
  return null
}
