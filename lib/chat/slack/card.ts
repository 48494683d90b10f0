import type { KnownBlock } from '@slack/web-api'
import { BUTTON_WORDS, type Card, RAIL, SEVERITY_WORDS, seenOn, shortened } from '../card'
import { visibleText } from '../visible'
import { sealCardValue } from './card-mac'
import { escaped } from './text'

export const CARD_EVENT = 'onrecord_card'
const ACTION_IDS = {
  confirm: 'onrecord_confirm',
  assign_me: 'onrecord_assign_me',
  comment: 'onrecord_comment',
} as const

export type CardMessage = {
  text: string
  blocks: KnownBlock[]
  metadata: { event_type: string; event_payload: { case: string; version: number } }
}

/** The card as Slack's blocks. Text from outside only ever stands in `plain_text`, or escaped in the fallback. */
export function cardMessage(
  card: Card,
  key: string | Uint8Array,
  team: string,
  channel: string,
): CardMessage {
  const title = visibleText(card.title)
  return {
    text: escaped(shortened(`Case ${card.number}: ${title}. Stage: ${card.stage}.`, 1_000)),
    blocks: [
      { type: 'section', text: plain(`Case ${card.number} · ${title}`, 2_900) },
      { type: 'context', elements: [plain(facts(card), 1_900)] },
      { type: 'context', elements: [plain(rail(card), 300)] },
      ...card.lines
        .slice(0, 5)
        .map((line): KnownBlock => ({ type: 'context', elements: [plain(visibleText(line), 1_900)] })),
      { type: 'actions', elements: [...links(card), ...pressable(card, key, team, channel)] },
    ],
    metadata: { event_type: CARD_EVENT, event_payload: { case: card.case, version: card.version } },
  }
}

function plain(text: string, most: number) {
  return { type: 'plain_text', text: shortened(text, most), emoji: false } as const
}

function facts({ severity, owner, stage }: Card): string {
  const who = owner === null ? 'nobody has it yet' : `with ${visibleText(owner)}`
  return `${severity === null ? 'Severity not set' : SEVERITY_WORDS[severity]} · ${stage === 'closed' ? 'closed' : who}`
}

/** `identify ✓ › confirm ✓ › [assign] › act › verify` */
function rail({ stage }: Card): string {
  const at = stage === 'closed' ? RAIL.length : RAIL.indexOf(stage)
  return RAIL.map((name, index) => (index < at ? `${name} ✓` : index === at ? `[${name}]` : name)).join(' › ')
}

function links({ url, approval_url, case: id }: Card) {
  const open = {
    type: 'button',
    text: plain('Open the case', 70),
    url,
    action_id: `onrecord_link_case`,
    value: id,
  } as const
  if (approval_url === null) return [open]
  return [
    open,
    {
      type: 'button',
      text: plain('Review approval', 70),
      url: approval_url,
      action_id: 'onrecord_link_approval',
      value: id,
    } as const,
  ]
}

function pressable(card: Card, key: string | Uint8Array, team: string, channel: string) {
  return card.buttons.map((action) => ({
    type: 'button' as const,
    text: plain(BUTTON_WORDS[action], 70),
    action_id: ACTION_IDS[action],
    value: sealCardValue(key, team, channel, { action, case: card.case, seen: seenOn(card) }),
  }))
}
