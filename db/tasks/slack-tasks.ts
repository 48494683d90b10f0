import { capture } from './capture'
import { card } from './card'
import type { Chatting } from './chatting'
import { drift } from './drift'
import { notice } from './notice'
import { reply } from './reply'

/** The queue's tasks about chat, by name. Each may run more than once for one job, and does its work once. */
export function slackTasks(
  deps: Chatting,
): Record<'capture' | 'card' | 'drift' | 'notice' | 'reply', (payload: unknown) => Promise<void>> {
  return {
    capture: (payload) => capture(deps, payload),
    card: (payload) => card(deps, payload),
    drift: (payload) => drift(deps, payload),
    notice: (payload) => notice(deps, payload),
    reply: (payload) => reply(deps, payload),
  }
}
