import { type Delivery, deliver, signedRequest } from './deliver'
import type { Story } from './story'
import type { Json } from './workspace'

export type Notice = { user: string; channel: string; text: string; at: number }
export type SendsConfig = { appUrl: string; signingSecret: string; publicUrl: () => string }
export type Sends = ReturnType<typeof sends>

const MOST_ANSWERS = 5
const MOST_NOTICES = 200

/** What Slack puts around a payload before it sends it: who, where, a signature, and where to answer. */
export function sends(story: Story, notices: Notice[], config: SendsConfig) {
  const responses = new Map<string, { user: string; channel: string; uses: number }>()
  let count = 0
  return { interaction, command, event, respond, notify, stamp }

  async function interaction(as: string, channel: string, payload: Json): Promise<Delivery> {
    const full = {
      ...payload,
      team: { id: story.team.id, domain: story.team.domain },
      user: { id: as, username: handleOf(as), name: handleOf(as), team_id: story.team.id },
      api_app_id: story.app.app,
      token: 'unused',
      is_enterprise_install: false,
      enterprise: null,
      action_ts: stamp(),
      ...(channel === '' ? {} : { response_url: responseUrl(as, channel) }),
    }
    const request = signedRequest(config.signingSecret, 'interaction', full)
    const answer = await deliver(`${config.appUrl}/api/slack/interactions`, request)
    if (!answer.ok && channel !== '') notify(as, channel, failed(answer))
    return answer
  }

  async function command(
    as: string,
    channel: { id: string; name: string },
    text: string,
    trigger: string,
  ): Promise<Delivery> {
    const { team, app } = story
    const fields = {
      command: '/record',
      text,
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channel.name,
      user_id: as,
      user_name: handleOf(as),
      trigger_id: trigger,
      response_url: responseUrl(as, channel.id),
      api_app_id: app.app,
    }
    const request = signedRequest(config.signingSecret, 'command', fields)
    const answer = await deliver(`${config.appUrl}/api/slack/commands`, request)
    if (!answer.ok) notify(as, channel.id, failed(answer))
    else if (typeof answer.json.text === 'string') notify(as, channel.id, answer.json.text)
    return answer
  }

  /** Events are sent again, twice, when they are not taken. Only channels that the app is in have any. */
  async function event(body: Json): Promise<Delivery> {
    const channel = story.channels.find(({ id }) => id === body.channel)
    if (!channel?.members.includes(story.app.user)) return { ok: true, status: 0, json: {} }
    const envelope = {
      token: 'unused',
      team_id: story.team.id,
      api_app_id: story.app.app,
      type: 'event_callback',
      event_id: `Ev${crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`,
      event_time: Math.floor(Date.now() / 1_000),
      authorizations: [],
      event: body,
    }
    let answer: Delivery = { ok: false, status: 0, json: {} }
    for (let retry = 0; retry < 3 && !answer.ok; retry++) {
      const request = signedRequest(config.signingSecret, 'event', envelope, { retry })
      answer = await deliver(`${config.appUrl}/api/slack/events`, request)
    }
    return answer
  }

  /** On Record answers through a `response_url`: five times at most. False when it may not. */
  function respond(id: string, body: Json): boolean {
    const response = responses.get(id)
    if (!response || response.uses >= MOST_ANSWERS) return false
    response.uses++
    notify(response.user, response.channel, String(body.text ?? ''))
    return true
  }

  function responseUrl(user: string, channel: string): string {
    const id = crypto.randomUUID()
    responses.set(id, { user, channel, uses: 0 })
    return `${config.publicUrl()}/response/${id}`
  }

  function notify(user: string, channel: string, text: string): void {
    notices.push({ user, channel, text, at: Date.now() })
    if (notices.length > MOST_NOTICES) notices.splice(0, notices.length - MOST_NOTICES)
  }

  function handleOf(id: string): string {
    return story.people.find((person) => person.id === id)?.handle ?? id
  }

  function stamp(): string {
    return `${Math.floor(Date.now() / 1_000)}.${String(900_000 + (++count % 100_000)).padStart(6, '0')}`
  }
}

function failed({ status }: Delivery): string {
  return status === 0
    ? 'On Record did not answer within three seconds.'
    : `On Record answered with an error (${status}).`
}
