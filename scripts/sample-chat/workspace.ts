import { randomBytes } from 'node:crypto'
import { createEmulator } from 'emulate'
import { freePort } from '../free-port.mjs'
import { type Aliases, aliases } from './aliases'
import type { Story, StoryBot, StoryMessage } from './story'

export type Json = Record<string, unknown>

/** A Slack workspace in the `emulate` emulator, with the story told. Ids and times in answers are the story's. */
export type Workspace = {
  story: Story
  /** Calls the emulator as somebody of the story. */
  call(method: string, as: string, body: Json): Promise<Json>
  close(): Promise<void>
}

type Inside = { url: string; tokens: Map<string, string>; names: Aliases }

export async function openWorkspace(story: Story, now: Date): Promise<Workspace> {
  const tokens = new Map(
    [...story.people.map(({ id }) => id), ...bots(story).map(({ user }) => user)].map((id) => [
      id,
      `xoxt-${randomBytes(12).toString('hex')}`,
    ]),
  )
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: { slack: seed(story, tokens) },
  })
  const inside: Inside = { url: emulator.url, tokens, names: aliases() }
  inside.names.learn('T000000001', story.team.id)
  await learnIds(inside, story)
  const workspace = {
    story,
    call: (method: string, as: string, body: Json) => call(inside, method, as, body),
    close: () => emulator.close(),
  }
  await tell(inside, workspace, now)
  return workspace
}

function bots(story: Story): StoryBot[] {
  return [story.app, ...story.bots]
}

function seed(story: Story, tokens: Map<string, string>) {
  const token = (id: string) => tokens.get(id) ?? ''
  return {
    team: { name: story.team.name, domain: story.team.domain },
    users: story.people.map(({ handle, name }) => ({
      name: handle,
      real_name: name,
      profile: { display_name: name },
    })),
    channels: story.channels.map(({ name, topic }) => ({ name, topic })),
    oauth_apps: bots(story).map((bot) => ({
      client_id: bot.app,
      client_secret: bot.app,
      name: bot.name,
      redirect_uris: [],
      app_id: bot.app,
      bot_id: bot.bot,
      bot_user_id: bot.user,
      bot_name: bot.handle,
    })),
    tokens: [
      ...story.people.map(({ id, handle }) => ({ token: token(id), user: handle, type: 'user' })),
      ...bots(story).map((bot) => ({
        token: token(bot.user),
        user: bot.user,
        type: 'bot',
        bot_id: bot.bot,
        app_id: bot.app,
        bot_user_id: bot.user,
      })),
    ],
  }
}

async function call({ url, tokens, names }: Inside, method: string, as: string, body: Json): Promise<Json> {
  const answer = await fetch(`${url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.get(as) ?? ''}`, 'content-type': 'application/json' },
    body: names.inward(JSON.stringify(body)),
  })
  return JSON.parse(names.outward(await answer.text())) as Json
}

async function learnIds(inside: Inside, story: Story): Promise<void> {
  const anyone = story.app.user
  const { members } = (await call(inside, 'users.list', anyone, { limit: 1_000 })) as {
    members: { id: string; name: string }[]
  }
  for (const person of story.people)
    inside.names.learn(members.find(({ name }) => name === person.handle)?.id ?? '', person.id)
  const { channels } = (await call(inside, 'conversations.list', anyone, { limit: 1_000 })) as {
    channels: { id: string; name: string }[]
  }
  for (const channel of story.channels)
    inside.names.learn(channels.find(({ name }) => name === channel.name)?.id ?? '', channel.id)
}

/** Says everything in the order in which it was said, each with the time it was said at. */
async function tell({ names }: Inside, workspace: Workspace, now: Date): Promise<void> {
  let count = 0
  const say = async (
    channel: string,
    message: Omit<StoryMessage, 'replies'>,
    thread?: string,
  ): Promise<string> => {
    const bot = bots(workspace.story).find(({ user }) => user === message.by)
    const body = {
      channel,
      text: message.text,
      attachments: message.attachments,
      username: message.username,
      thread_ts: thread,
      bot_id: bot?.bot,
      app_id: bot?.app,
    }
    const said = await workspace.call('chat.postMessage', message.by, body)
    if (said.ok !== true || typeof said.ts !== 'string')
      throw new Error(`the story could not be told: ${String(said.error)}`)
    const at = Math.floor(now.getTime() / 1_000) - message.minutes * 60
    const ts = `${at}.${String(++count * 100).padStart(6, '0')}`
    names.learn(said.ts, ts)
    for (const [name, by] of message.reactions ?? [])
      await workspace.call('reactions.add', by, { channel, timestamp: ts, name })
    return ts
  }
  for (const channel of workspace.story.channels)
    for (const message of channel.messages) {
      const ts = await say(channel.id, message)
      for (const reply of message.replies ?? []) await say(channel.id, reply, ts)
    }
}
