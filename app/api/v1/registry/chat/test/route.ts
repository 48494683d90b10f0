import { door } from '@/app/_doors/door'
import { maySee } from '@/app/_doors/see'
import { refuse } from '@/lib/act/refusal'
import { slackClients } from '@/lib/chat/slack/client'
import { failureOf } from '@/lib/chat/slack/failure'

/** Asks Slack who we are there: shows that the token works, and tells nobody. */
export const POST = door(async (asked) => {
  const { slack } = asked.doors.settings
  const refused = maySee(asked, 'viewSettings', 'registry', 'registry')
  if (refused) return refused
  if (!slack)
    return refuse(
      'gate',
      'No Slack app is configured.',
      'Set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN, then start On Record again.',
    )
  try {
    const { team, user } = await slackClients(slack).api.auth.test()
    return { sentence: `Slack knows us in ${team ?? 'the workspace'} as ${user ?? 'a bot'}.` }
  } catch (error) {
    return refuse(
      'unavailable',
      `Slack does not take the token: ${failureOf(error).code}.`,
      'Check the token in the app’s settings.',
    )
  }
})
