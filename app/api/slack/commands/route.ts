import { slackDoor } from '@/app/_doors/slack'
import { beginPromotion } from '@/app/_doors/slack-promote'

/** `/record <link to a message>` */
export const POST = slackDoor(async (inbound, told) =>
  inbound.kind === 'promote' ? beginPromotion(inbound, told) : null,
)
