import type { ModalView } from '@slack/web-api'
import type { SlackClients } from './client'
import { failureOf } from './failure'

const TOO_LATE = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger',
  'trigger_expired',
  'trigger_exchanged',
])

/** Opens a form. `too_late`: the trigger's three seconds are over; the draft is kept, so send its link instead. */
export async function openForm(
  clients: SlackClients,
  trigger: string,
  view: ModalView,
): Promise<'opened' | 'too_late' | 'failed'> {
  try {
    await clients.forms.views.open({ trigger_id: trigger, view })
    return 'opened'
  } catch (error) {
    return TOO_LATE.has(failureOf(error).code) ? 'too_late' : 'failed'
  }
}
