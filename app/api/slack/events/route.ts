import { slackDoor } from '@/app/_doors/slack'
import { observe } from '@/app/_doors/slack-observed'

/** What Slack tells us: edits and deletions of messages that are on record. Words in a chat decide nothing (C01). */
export const POST = slackDoor(async (inbound, told) => {
  if (inbound.kind === 'lifecycle' && inbound.challenge !== null)
    return Response.json({ challenge: inbound.challenge })
  return inbound.kind === 'observed' ? observe(inbound, told) : null
})
