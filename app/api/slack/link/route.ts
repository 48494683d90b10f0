import { readBytes } from '@/app/_doors/body'
import { door, open } from '@/app/_doors/door'
import { askToLink, linked, unlinked } from '@/app/_doors/link-page'
import { REGISTRY } from '@/app/_doors/registry'
import { readLinkToken } from '@/app/_doors/slack-link'
import { who } from '@/app/_doors/who'
import { spendAssertion } from '@/db/machines'
import { perform } from '@/lib/act/perform'
import { isRefusal } from '@/lib/act/refusal'

/** Asks whether this Slack account is theirs: looking changes nothing, so nobody links an account by following a link. */
export const GET = open(async ({ request, url, doors, id }) => {
  const text = url.searchParams.get('token') ?? ''
  const token = readLinkToken(doors, text)
  if (!token)
    return unlinked('This link has expired, or is not one of ours. Press the button in Slack again.')
  const found = await who(request, id, doors)
  if (!('actor' in found))
    return new Response(null, {
      status: 303,
      headers: {
        location: `/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`,
        'cache-control': 'no-store',
      },
    })
  return askToLink(token, found.actor, text)
})

/** They say that it is. */
export const POST = door(async ({ request, doors, actor }) => {
  const bytes = await readBytes(request, 8_192)
  if (isRefusal(bytes)) return bytes
  const token = readLinkToken(doors, new URLSearchParams(new TextDecoder().decode(bytes)).get('token') ?? '')
  if (!token) return unlinked('This link has expired. Press the button in Slack again.')
  const first = await spendAssertion(doors.sql, actor.org, `slack-link:${token.nonce}`, new Date(token.exp))
  if (!first) return unlinked('This link was used before. Press the button in Slack again.')
  const input = { member: actor.id, platform: 'slack', team: token.team, user: token.user }
  const outcome = await perform(doors, actor, {
    kind: 'registry',
    stream: REGISTRY,
    command: 'linkMember',
    input,
    key: `link-${token.nonce}`,
  })
  return isRefusal(outcome) ? unlinked(`${outcome.sentence} ${outcome.remedy}`) : linked(token)
})
