import { caseState, caseTitle } from '@/db/case-of'
import { addJob, firstDelivery } from '@/db/inbox'
import { memberOfChat } from '@/db/members-sign-in'
import { memberInSlack } from '@/db/tasks/chatting'
import { type Order, perform } from '@/lib/act/perform'
import { isRefusal, type Refusal } from '@/lib/act/refusal'
import type { Inbound } from '@/lib/chat/adapter'
import { mask } from '@/lib/chat/mask'
import { type CardValue, openCardValue } from '@/lib/chat/slack/card-mac'
import { commentModal, formErrors } from '@/lib/chat/slack/modal'
import type { Person } from '@/lib/identity/actor'
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
  const file = await caseTitle(sql, settings.org, value.case)
  if (!file) return tell(inbound, told, 'This case is not there any more.')
  if (inbound.action === 'comment') return comment(inbound, value, file.number, actor, told)
  if (file.version !== value.version) return refresh(inbound, value, file, told)
  if (inbound.action === 'confirm') {
    return tell(
      inbound,
      told,
      `Confirming takes fresh context: how critical, how privileged, how exposed. Say it here: ${doors.origin}/cases/${value.case}?do=confirmCase`,
    )
  }
  return takeIt(inbound, value, actor, told)
}

/** Whoever asks themself to take it has taken it with that. */
async function takeIt(inbound: Pressed, value: CardValue, actor: Person, told: Told): Promise<null> {
  const order: Order = {
    kind: 'case',
    stream: value.case,
    command: 'assignCase',
    input: { assignee: actor.id },
    key: idOf('assignCase', inbound.dedupe),
  }
  const taken = await perform(told.doors, actor, order)
  return tell(inbound, told, isRefusal(taken) ? words(taken) : 'The case is yours now.')
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

/** The card was drawn before the case moved on: it is drawn again, and nothing is done. */
async function refresh(
  inbound: Pressed,
  value: CardValue,
  file: { version: number; stage: string },
  told: Told,
): Promise<null> {
  const { sql, settings } = told.doors
  await addJob(sql, settings.org, { name: 'card', payload: { case: value.case }, key: `card:${value.case}` })
  const found = await caseState(sql, settings.org, value.case)
  const owner = found?.state.assignee ? 'somebody has been asked to take it' : 'nobody has it yet'
  return tell(
    inbound,
    told,
    `The case has moved on since this card was drawn: it is at "${file.stage}", and ${owner}. Look at the card again.`,
  )
}

function tell({ respond }: Pressed, { slack }: Told, text: string): null {
  if (respond) later(() => slack.tell(respond, text))
  return null
}

function words({ sentence, remedy }: Refusal): string {
  return `${sentence} ${remedy}`
}
