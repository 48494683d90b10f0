import type { Delivery } from './deliver'
import type { Sends } from './sends'
import type { StrictSlack } from './strict'
import type { Json, Workspace } from './workspace'

/** What a person does in the sample chat, and what Slack would then send to On Record. */
export type Acts = ReturnType<typeof acts>

export function acts(
  workspace: Workspace,
  slack: StrictSlack,
  { interaction, command: sendCommand, event, stamp }: Sends,
) {
  const { story } = workspace
  return { say, edit, remove, promote, submit, dismiss, press, command }

  async function messageAt(channel: string, ts: string, as: string): Promise<Json | null> {
    const said = await workspace.call('conversations.replies', as, { channel, ts })
    return ((said.messages ?? []) as Json[]).find((message) => message.ts === ts) ?? null
  }

  function channelOf(id: string, as: string) {
    const channel = story.channels.find((one) => one.id === id)
    if (!channel?.members.includes(as)) throw new Error('that person is not in that channel')
    return channel
  }

  async function say(as: string, channel: string, text: string, thread?: string): Promise<string> {
    channelOf(channel, as)
    const said = await workspace.call('chat.postMessage', as, {
      channel,
      text: escaped(text),
      ...(thread ? { thread_ts: thread } : {}),
    })
    const message = said.message as Json
    await event({
      ...message,
      type: 'message',
      channel,
      channel_type: 'channel',
      team: story.team.id,
      event_ts: message.ts,
    })
    return String(message.ts)
  }

  async function edit(as: string, channel: string, ts: string, text: string): Promise<Delivery> {
    const before = await messageAt(channel, ts, as)
    const said = await workspace.call('chat.update', as, { channel, ts, text: escaped(text) })
    if (said.ok !== true) throw new Error(`it could not be edited: ${String(said.error)}`)
    const now = { ...(said.message as Json), thread_ts: before?.thread_ts }
    return event({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel,
      ts: stamp(),
      event_ts: stamp(),
      message: now,
      previous_message: before,
    })
  }

  async function remove(as: string, channel: string, ts: string): Promise<Delivery> {
    const before = await messageAt(channel, ts, as)
    const said = await workspace.call('chat.delete', as, { channel, ts })
    if (said.ok !== true) throw new Error(`it could not be deleted: ${String(said.error)}`)
    return event({
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      channel,
      ts: stamp(),
      deleted_ts: ts,
      event_ts: stamp(),
      previous_message: before,
    })
  }

  /** The message menu's "Put on record". */
  async function promote(as: string, channel: string, ts: string): Promise<Delivery> {
    const { name } = channelOf(channel, as)
    const message = await messageAt(channel, ts, as)
    if (!message) throw new Error('there is no such message')
    return interaction(as, channel, {
      type: 'message_action',
      callback_id: 'put_on_record',
      channel: { id: channel, name },
      message: { team: story.team.id, ...message },
      message_ts: ts,
      trigger_id: slack.trigger(as),
    })
  }

  async function submit(as: string, view: string, values: Json): Promise<Delivery> {
    const form = slack.forms.get(view)
    if (!form || form.user !== as) throw new Error('there is no such form')
    const answer = await interaction(as, '', {
      type: 'view_submission',
      trigger_id: slack.trigger(as),
      view: { ...form.view, state: { values } },
      response_urls: [],
    })
    if (answer.json.response_action === 'update') form.view = { ...form.view, ...(answer.json.view as Json) }
    else if (answer.ok && answer.json.response_action !== 'errors') slack.forms.delete(view)
    return answer
  }

  function dismiss(as: string, view: string): void {
    if (slack.forms.get(view)?.user === as) slack.forms.delete(view)
  }

  /** A button of a card. */
  async function press(as: string, channel: string, ts: string, action_id: string): Promise<Delivery> {
    const { name } = channelOf(channel, as)
    const message = await messageAt(channel, ts, as)
    const blocks = (message?.blocks ?? []) as { block_id?: string; elements?: Json[] }[]
    const button = blocks
      .flatMap((block) => block.elements ?? [])
      .find((element) => element.action_id === action_id)
    if (!message || !button) throw new Error('there is no such button')
    return interaction(as, channel, {
      type: 'block_actions',
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: false,
        thread_ts: message.thread_ts,
      },
      channel: { id: channel, name },
      message,
      trigger_id: slack.trigger(as),
      actions: [{ ...button, block_id: 'actions', type: 'button', action_ts: stamp() }],
    })
  }

  async function command(as: string, channel: string, text: string): Promise<Delivery> {
    return sendCommand(as, channelOf(channel, as), text, slack.trigger(as))
  }
}

/** What Slack's own client does to what people type. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
