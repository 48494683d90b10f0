import { slackDoor } from '@/app/_doors/slack'
import { takeCard } from '@/app/_doors/slack-card'
import { beginPromotion, submitPromotion } from '@/app/_doors/slack-promote'

/** What people do in Slack: the message shortcut, our form, our card's buttons. None of them approves or executes (C01). */
export const POST = slackDoor(async (inbound, told) => {
  switch (inbound.kind) {
    case 'promote':
      return beginPromotion(inbound, told)
    case 'form_submit':
      return submitPromotion(inbound, told)
    case 'card_action':
      return takeCard(inbound, told)
    default:
      return null
  }
})
