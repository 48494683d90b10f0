import { formsOf, type OpenForm } from './forms'
import { messageError } from './limits'
import { RATES, type Rate, rateLimit } from './rate'
import { isTrue, no, page, type StrictAnswer, yes } from './strict-answer'
import type { Json, Workspace } from './workspace'

/**
 * Slack's API in front of the emulator, strict where Slack is strict and the emulator is not: tokens, membership, pages,
 * rates, limits of blocks, and triggers that live for three seconds and open one form.
 */
export type StrictOptions = {
  botToken: string
  rates?: Record<string, number>
  clock?: () => number
  publicUrl: () => string
}

export type StrictSlack = {
  handle(method: string, authorization: string, body: Json): Promise<StrictAnswer>
  /** A trigger as Slack hands one out with an interaction. */
  trigger(user: string): string
  forms: Map<string, OpenForm>
  /** Calls that were made, for tests. */
  calls: { method: string; body: Json }[]
}

const KNOWN = new Set([
  ...Object.keys(RATES),
  'auth.test',
  'chat.getPermalink',
  'chat.postEphemeral',
  'users.list',
  'reactions.get',
])

export function strictSlack(
  workspace: Workspace,
  ephemeral: (user: string, channel: string, text: string) => void,
  options: StrictOptions,
): StrictSlack {
  const clock = options.clock ?? Date.now
  const rate = rateLimit({ ...RATES, ...options.rates }, clock)
  const { open, trigger, openView } = formsOf(workspace, clock)
  const slack: StrictSlack = { handle, trigger, forms: open, calls: [] }
  return slack

  async function handle(method: string, authorization: string, body: Json): Promise<StrictAnswer> {
    if (authorization !== `Bearer ${options.botToken}`)
      return no(authorization === '' ? 'not_authed' : 'invalid_auth')
    if (!KNOWN.has(method)) return no('unknown_method')
    slack.calls.push({ method, body })
    const wait = waitFor(rate, method, body)
    if (wait !== null)
      return {
        status: 429,
        headers: { 'retry-after': String(wait) },
        json: { ok: false, error: 'ratelimited' },
      }
    const refused = refusal(method, body)
    return refused === null ? answer(method, body) : no(refused)
  }

  function refusal(method: string, body: Json): string | null {
    if (method === 'chat.postMessage' || method === 'chat.update')
      return membership(body, true) ?? messageError(body)
    if (method === 'chat.postEphemeral') return membership(body, true)
    if (method === 'conversations.replies' || method === 'conversations.history')
      return membership(body, true)
    if (
      method === 'conversations.members' ||
      method === 'conversations.info' ||
      method === 'chat.getPermalink'
    )
      return membership(body, false)
    return null
  }

  function membership(body: Json, asMember: boolean): string | null {
    const channel = workspace.story.channels.find(({ id }) => id === body.channel)
    if (!channel) return 'channel_not_found'
    return asMember && !channel.members.includes(workspace.story.app.user) ? 'not_in_channel' : null
  }

  async function answer(method: string, body: Json): Promise<StrictAnswer> {
    const { app, channels, people } = workspace.story
    switch (method) {
      case 'views.open':
        return openView(body)
      case 'conversations.members':
        return page(channels.find(({ id }) => id === body.channel)?.members ?? [], 'members', body, 100)
      case 'conversations.replies':
        return replies(body)
      case 'conversations.history':
        return history(body)
      case 'chat.getPermalink':
        return permalink(body)
      case 'chat.postEphemeral':
        ephemeral(String(body.user), String(body.channel), String(body.text ?? ''))
        return yes({ message_ts: `${Math.floor(clock() / 1_000)}.000000` })
      case 'chat.postMessage':
        return yes(
          await workspace.call(method, app.user, {
            ...body,
            bot_id: app.bot,
            app_id: app.app,
            username: undefined,
          }),
        )
      case 'users.info': {
        const said = await workspace.call(method, app.user, body)
        const flags = people.find(({ id }) => id === body.user)?.flags ?? {}
        return yes(
          said.ok === true
            ? { ...said, user: { ...(said.user as Json), team_id: workspace.story.team.id, ...flags } }
            : said,
        )
      }
      default:
        return yes(await workspace.call(method, app.user, body))
    }
  }

  async function replies(body: Json): Promise<StrictAnswer> {
    const said = await workspace.call('conversations.replies', workspace.story.app.user, body)
    const messages = (said.messages ?? []) as Json[]
    if (said.ok === true && messages.length === 0) return no('thread_not_found')
    const seen = messages
      .filter(({ ts }) => String(ts) >= String(body.oldest ?? ''))
      .map((message) => (isTrue(body.include_all_metadata) ? message : { ...message, metadata: undefined }))
    return page(seen, 'messages', body, 1_000)
  }

  /** Newest first; `oldest` itself is left out. */
  async function history(body: Json): Promise<StrictAnswer> {
    const all = { channel: body.channel, limit: 1_000 }
    const said = await workspace.call('conversations.history', workspace.story.app.user, all)
    if (said.ok !== true) return no(String(said.error))
    const seen = ((said.messages ?? []) as Json[])
      .filter(({ ts }) => String(ts) > String(body.oldest ?? ''))
      .map((message) => (isTrue(body.include_all_metadata) ? message : { ...message, metadata: undefined }))
      .toSorted((one, other) => (String(one.ts) > String(other.ts) ? -1 : 1))
    return page(seen, 'messages', body, 1_000)
  }

  async function permalink(body: Json): Promise<StrictAnswer> {
    const { channel, message_ts: ts } = body as { channel: string; message_ts: string }
    const said = await workspace.call('chat.getPermalink', workspace.story.app.user, body)
    if (said.ok !== true) return no(String(said.error))
    const thread = /[?&]thread_ts=([\d.]+)/.exec(String(said.permalink))?.[1]
    const query = thread === undefined ? '' : `?${new URLSearchParams({ thread_ts: thread, cid: channel })}`
    return yes({
      ok: true,
      channel,
      permalink: `${options.publicUrl()}/archives/${channel}/p${ts.replace('.', '')}${query}`,
    })
  }
}

function waitFor(rate: Rate, method: string, body: Json): number | null {
  return rate(method === 'chat.postMessage' ? `${method} ${String(body.channel)}` : method, method)
}
