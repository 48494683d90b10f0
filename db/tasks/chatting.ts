import type { ModalView } from '@slack/web-api'
import type { ChatAdapter } from '@/lib/chat/adapter'
import type { CardMessage } from '@/lib/chat/slack/card'
import { identified, type Person, type System } from '@/lib/identity/actor'
import type { MemberRow } from '../members-sign-in'
import type { Promoting } from '../promotion/promoting'

/** What tasks about chat need besides. `macKey` seals what a card's buttons carry. */
export type Chatting = Promoting & {
  readonly slack: ChatAdapter<ModalView, CardMessage>
  readonly macKey: string
}

/** Slack's signature vouches for the account; the link of the account to the member was made under the member's own session. */
const SLACK = { acr: 'slack-linked-account', amr: ['slack-v0-hmac'] } as const

/** A member who acts through their linked chat account: far less than a sign-in, and policy treats it so. */
export function memberInSlack(org: string, { id, name, roles }: MemberRow, request: string): Person {
  const auth = { ...SLACK, auth_time: Math.floor(Date.now() / 1000) }
  return identified({ kind: 'human', org, via: 'slack', id, name, roles, request, auth })
}

/** On Record itself, for what chat reports and nobody here answers for. */
export function slackItself(org: string, request: string): System {
  const auth = { ...SLACK, acr: 'process', auth_time: Math.floor(Date.now() / 1000) }
  return identified({ kind: 'system', id: 'sys_slack', org, via: 'slack', request, auth })
}

/** Something on the way does not answer: the queue tries again later. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
}

/** Refusals that another attempt may not meet. */
export function isPassing(code: string): boolean {
  return code === 'conflict' || code === 'unavailable' || code === 'rate_limited'
}
