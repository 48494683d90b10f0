import type { OpenForm } from './forms'
import type { Notice } from './sends'
import type { Json, Workspace } from './workspace'

/** What the page shows. Text is given as segments: the page sets text nodes and never HTML. */
export type Piece = { kind: 'text' | 'code' | 'link'; text: string; href?: string }

export type View = { as: string; channel: string; thread: string | null }

export async function shown(
  workspace: Workspace,
  forms: Map<string, OpenForm>,
  notices: Notice[],
  view: View,
  appUrl: string,
) {
  const { team, people, channels } = workspace.story
  const mine = channels.filter(({ members }) => members.includes(view.as))
  const channel = mine.find(({ id }) => id === view.channel) ?? mine[0]
  const [history, thread] = await Promise.all([
    channel ? read(workspace, 'conversations.history', view.as, { channel: channel.id, limit: 200 }) : [],
    channel && view.thread
      ? read(workspace, 'conversations.replies', view.as, { channel: channel.id, ts: view.thread })
      : null,
  ])
  const messageOf = (message: Json) => shownMessage(workspace, message, view.as)
  const form = [...forms.values()].findLast(({ user }) => user === view.as)
  return {
    team: team.name,
    app: appUrl,
    people: people.map(({ id, name }) => ({ id, name })),
    channels: mine.map(({ id, name, topic, members }) => ({
      id,
      name,
      topic,
      members: members.length,
      recorded: members.includes(workspace.story.app.user),
    })),
    channel: channel?.id ?? null,
    messages: history.reverse().map(messageOf),
    thread: thread === null || thread.length === 0 ? null : thread.map(messageOf),
    form: form
      ? { id: form.id, hash: form.hash, ...pick(form.view, ['title', 'submit', 'close', 'blocks']) }
      : null,
    notices: notices
      .filter(({ user, channel: where }) => user === view.as && where === channel?.id)
      .map(({ text, at }) => ({ at, pieces: pieces(text) })),
  }
}

async function read(workspace: Workspace, method: string, as: string, body: Json): Promise<Json[]> {
  const said = await workspace.call(method, as, body)
  return (said.messages ?? []) as Json[]
}

function shownMessage({ story }: Workspace, message: Json, as: string) {
  const person = story.people.find(({ id }) => id === message.user)
  const bot = [story.app, ...story.bots].find(({ user }) => user === message.user)
  const attachments = (message.attachments ?? []) as { title?: string; text?: string }[]
  return {
    ts: String(message.ts),
    thread: message.thread_ts ?? null,
    at: new Date(Number(String(message.ts).split('.')[0]) * 1_000).toISOString(),
    author: String(message.username ?? person?.name ?? bot?.name ?? message.user),
    app: bot ? bot.name : null,
    mine: message.user === as,
    edited: message.edited !== undefined && !bot,
    replies: Number(message.reply_count ?? 0),
    reactions: ((message.reactions ?? []) as { name: string; count: number }[]).map(({ name, count }) => ({
      name,
      count,
    })),
    pieces: message.blocks ? [] : pieces(String(message.text ?? '')),
    attachments: attachments.map(({ title, text }) => ({ title: title ?? '', text: text ?? '' })),
    blocks: message.blocks ?? null,
  }
}

/** Slack's text in pieces: code, links with http or https, and text. */
function pieces(mrkdwn: string): Piece[] {
  return mrkdwn
    .split(/(```[^`]*```|<https?:\/\/[^<>|\n]{1,2000}(?:\|[^<>\n]{1,500})?>|https?:\/\/[^\s<>|`]{1,2000})/)
    .filter((part) => part !== '')
    .map((part): Piece => {
      if (part.startsWith('```')) return { kind: 'code', text: unescaped(part.slice(3, -3)) }
      const link = /^<?(https?:\/\/[^|>]+)(?:\|([^>]*))?>?$/.exec(part)
      if (link?.[1]) return { kind: 'link', text: unescaped(link[2] ?? link[1]), href: unescaped(link[1]) }
      return { kind: 'text', text: unescaped(part) }
    })
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function pick(from: Json, names: string[]): Json {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null]))
}
