import type { CardAction, ChatPerson, Inbound, Verified } from '../adapter'
import { dedupeKey } from './dedupe'
import { formValues } from './form-values'
import { delivered } from './message'
import { parseEvent } from './parse-event'
import {
  blockActions,
  command,
  eventCallback,
  messageAction,
  urlVerification,
  viewSubmission,
} from './payload'

/** The names under which our manifest registers what a person can do. */
export const CALLBACK = {
  shortcut: 'put_on_record',
  form: 'onrecord_promote',
  comment: 'onrecord_comment',
} as const
export const COMMENT_BLOCK = 'comment'
const CARD_ACTIONS = new Map<string, CardAction>([
  ['onrecord_confirm', 'confirm'],
  ['onrecord_assign_me', 'assign_me'],
  ['onrecord_comment', 'comment'],
])

/** What a verified request asks for. Anything unknown is ignored, never an error: Slack would send it again. */
export function parse(_verified: Verified, rawBody: Uint8Array): Inbound[] {
  const payload = decode(new TextDecoder().decode(rawBody))
  const type = typeof payload?.type === 'string' ? payload.type : ''
  switch (type) {
    case 'message_action':
      return read(messageAction, payload, promote)
    case 'view_submission':
      return read(viewSubmission, payload, submit)
    case 'block_actions':
      return read(blockActions, payload, pressed)
    case 'url_verification':
      return read(urlVerification, payload, ({ challenge }) => [
        {
          kind: 'lifecycle',
          what: 'url_verification',
          challenge,
          dedupe: dedupeKey('url_verification', challenge),
        },
      ])
    case 'event_callback':
      return read(eventCallback, payload, parseEvent)
    default:
      return payload && 'command' in payload
        ? read(command, payload, slash)
        : [ignore(`nothing of ours: ${type.slice(0, 40)}`)]
  }
}

/** Events come as JSON, interactions as a form with one field `payload`, commands as a form. */
function decode(body: string): Record<string, unknown> | null {
  try {
    if (/^\s*\{/.test(body)) return asObject(JSON.parse(body))
    const form = new URLSearchParams(body)
    const payload = form.get('payload')
    return payload === null ? Object.fromEntries(form) : asObject(JSON.parse(payload))
  } catch {
    return null
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

type Reads<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

function read<T>(shape: Reads<T>, payload: unknown, then: (value: T) => Inbound[]): Inbound[] {
  const result = shape.safeParse(payload)
  return result.success ? then(result.data) : [ignore('the payload has another shape than Slack documents')]
}

function ignore(why: string): Inbound {
  return { kind: 'ignore', why, dedupe: dedupeKey('ignore') }
}

type User = {
  id: string
  name?: string | undefined
  username?: string | undefined
  team_id?: string | undefined
}

function person(user: User, team: { id: string } | null | undefined): ChatPerson {
  return {
    platform: 'slack',
    team: user.team_id ?? team?.id ?? '',
    user: user.id,
    name: user.name ?? user.username ?? user.id,
  }
}

function promote(action: ReturnType<typeof messageAction.parse>): Inbound[] {
  const { message, channel, user, team, trigger_id } = action
  if (action.callback_id !== CALLBACK.shortcut) return [ignore('another shortcut')]
  const thread = message.thread_ts === message.ts ? null : (message.thread_ts ?? null)
  const place = {
    platform: 'slack',
    team: team?.id ?? null,
    channel: channel.id,
    channel_name: channel.name ?? null,
    ts: message.ts,
    thread_ts: thread,
  } as const
  const dedupe = dedupeKey('message_action', team?.id, user.id, trigger_id)
  return [
    {
      kind: 'promote',
      by: person(user, team),
      place,
      delivered: delivered(message, team?.id ?? null),
      link: null,
      trigger: trigger_id,
      respond: action.response_url ?? null,
      dedupe,
    },
  ]
}

/** `/record <permalink>`; without a link, `link` is what was typed, for the answer. */
function slash(said: ReturnType<typeof command.parse>): Inbound[] {
  const by: ChatPerson = { platform: 'slack', team: said.team_id, user: said.user_id, name: said.user_name }
  const link = said.text
    .trim()
    .replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
    .replaceAll('&amp;', '&')
  const dedupe = dedupeKey('command', said.team_id, said.user_id, said.trigger_id)
  return [
    {
      kind: 'promote',
      by,
      place: null,
      delivered: null,
      link,
      trigger: said.trigger_id,
      respond: said.response_url ?? null,
      dedupe,
    },
  ]
}

function submit({ view, user, team }: ReturnType<typeof viewSubmission.parse>): Inbound[] {
  const by = person(user, team)
  const dedupe = dedupeKey('view_submission', team?.id, user.id, view.id, view.hash)
  if (view.callback_id === CALLBACK.form)
    return [
      {
        kind: 'form_submit',
        by,
        draft: view.private_metadata,
        values: formValues(view.state.values),
        dedupe,
      },
    ]
  if (view.callback_id !== CALLBACK.comment) return [ignore('another form')]
  const text = view.state.values[COMMENT_BLOCK]?.[COMMENT_BLOCK]?.value ?? ''
  const [value = '', channel = '', card = ''] = view.private_metadata.split(' ')
  return [
    {
      kind: 'card_action',
      by,
      action: 'comment',
      value,
      channel: channel || null,
      card_ts: card || null,
      text,
      trigger: null,
      respond: null,
      dedupe,
    },
  ]
}

function pressed(press: ReturnType<typeof blockActions.parse>): Inbound[] {
  const { user, team, channel, container } = press
  return press.actions.map((pressedOne) => {
    const action = CARD_ACTIONS.get(pressedOne.action_id)
    if (!action || pressedOne.value === undefined) return ignore('a link, or a button of somebody else')
    return {
      kind: 'card_action',
      by: person(user, team),
      action,
      value: pressedOne.value,
      channel: channel?.id ?? container?.channel_id ?? null,
      card_ts: container?.message_ts ?? null,
      text: null,
      trigger: press.trigger_id ?? null,
      respond: press.response_url ?? null,
      dedupe: dedupeKey('block_actions', team?.id, user.id, pressedOne.action_id, pressedOne.action_ts),
    }
  })
}
