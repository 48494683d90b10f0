import { addJob, firstDelivery } from '@/db/inbox'
import { memberOfChat } from '@/db/members-sign-in'
import { cardOf } from '@/db/tasks/card-of'
import { memberInSlack } from '@/db/tasks/chatting'
import type { Receipt } from '@/lib/act/ledger'
import { type Order, perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import type { Inbound } from '@/lib/chat/adapter'
import { type Card, seenOn } from '@/lib/chat/card'
import { mask } from '@/lib/chat/mask'
import { type CardValue, openCardValue } from '@/lib/chat/slack/card-mac'
import { commentModal, formErrors } from '@/lib/chat/slack/modal'
import { visibleText } from '@/lib/chat/visible'
import type { Person } from '@/lib/identity/actor'
import type { Doors } from './deps'
import { later } from './later'
import { idOf, type Told } from './slack'
import { linkAddress } from './slack-link'

type Pressed = Extract<Inbound, { kind: 'card_action' }>

/** A button of our card. It carries no right: the linked member's own rights decide. */
export async function takeCard(inbound: Pressed, told: Told): Promise<Response | null> {
  const { doors, id } = told
  const { settings, sql } = doors
  const value = openCardValue(settings.keys.mac, inbound.by.team, inbound.channel ?? '', inbound.value)
  if (!value)
    return tell(inbound, told, 'This button is not one of ours, or was taken from another conversation.')
  if (
    !(await firstDelivery(sql, settings.org, {
      key: inbound.dedupe,
      platform: 'slack',
      kind: inbound.action,
    }))
  )
    return null
  const member = await memberOfChat(sql, settings.org, 'slack', inbound.by.team, inbound.by.user)
  if (!member)
    return tell(
      inbound,
      told,
      `Link your Slack account to On Record first: ${linkAddress(doors, inbound.by)}`,
    )
  const actor = memberInSlack(settings.org, member, id)
  const shown = await cardOf(sql, settings.org, value.case, doors.origin)
  if (!shown) return tell(inbound, told, 'This case is not there any more.')
  if (inbound.action === 'comment') return comment(inbound, value, shown.card.number, actor, told)
  if (seenOn(shown.card) !== value.seen) return refresh(inbound, shown.card, told)
  if (inbound.action === 'confirm') {
    return tell(
      inbound,
      told,
      `Confirming takes fresh context: how critical, how privileged, how exposed. Say it here: ${doors.origin}/cases/${value.case}?do=confirmCase`,
    )
  }
  return takeIt(inbound, value, shown.card, actor, told)
}

/** Overtaken this often by comments and the like, whoever pressed is asked to press again. */
const PATIENCE = 3

/**
 * Whoever asks themself to take it has taken it with that. Only for the case as they have seen it (C18): the command names
 * the version that was compared with the card, and a case that moved meanwhile is compared once more.
 */
async function takeIt(
  inbound: Pressed,
  value: CardValue,
  seen: Card,
  actor: Person,
  told: Told,
): Promise<null> {
  const { doors } = told
  let card = seen
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const taken = await take(inbound, card, actor, doors)
    if (!isRefusal(taken)) return tell(inbound, told, 'The case is yours now.')
    if (taken.code !== 'conflict' || taken.version === undefined) return tell(inbound, told, words(taken))
    const now = await cardOf(doors.sql, doors.settings.org, value.case, doors.origin)
    if (!now) return tell(inbound, told, 'This case is not there any more.')
    card = now.card
    if (seenOn(card) !== value.seen) return refresh(inbound, card, told)
  }
  return tell(inbound, told, 'The case keeps changing under this button. Press it again.')
}

function take(inbound: Pressed, card: Card, actor: Person, doors: Doors): Promise<Receipt | Refusal> {
  const order: Order = {
    kind: 'case',
    stream: card.case,
    command: 'assignCase',
    input: { assignee: actor.id },
    key: idOf('assignCase', inbound.dedupe),
    expectedVersion: card.version,
  }
  return perform(doors, actor, order)
}

async function comment(
  inbound: Pressed,
  value: CardValue,
  number: number,
  actor: Person,
  told: Told,
): Promise<Response | null> {
  const { slack, doors } = told
  if (inbound.text === null) {
    const form = commentModal(inbound.value, inbound.channel ?? '', inbound.card_ts ?? '', number)
    later(async () => {
      const opened = inbound.trigger ? await slack.openForm(inbound.trigger, form) : 'failed'
      if (opened !== 'opened')
        tell(
          inbound,
          told,
          `Slack’s form did not open in time. Comment here: ${doors.origin}/cases/${value.case}`,
        )
    })
    return null
  }
  const { text } = await mask(inbound.text, doors.fingerprintKey)
  const outcome = await perform(doors, actor, {
    kind: 'case',
    stream: value.case,
    command: 'addComment',
    input: { text },
    key: idOf('comment', inbound.dedupe),
  })
  return Response.json(
    isRefusal(outcome) ? formErrors({ comment: words(outcome) }) : { response_action: 'clear' },
  )
}

/** The case shows something else than the card that was pressed: it is drawn again, and nothing is done. */
async function refresh(inbound: Pressed, card: Card, told: Told): Promise<null> {
  const { sql, settings } = told.doors
  await addJob(sql, settings.org, { name: 'card', payload: { case: card.case }, key: `card:${card.case}` })
  const owner = card.owner ? `${visibleText(card.owner)} has been asked to take it` : 'nobody has it yet'
  return tell(
    inbound,
    told,
    `The case has moved on since this card was drawn: it is at "${card.stage}", and ${owner}. Look at the card again.`,
  )
}

function tell({ respond }: Pressed, { slack }: Told, text: string): null {
  if (respond) later(() => slack.tell(respond, text))
  return null
}

function words({ sentence, remedy }: Refusal): string {
  return `${sentence} ${remedy}`
}
