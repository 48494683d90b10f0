/**
 * Requests as Slack sends them, with the fields that Slack documents, for tests. The people, ids and words are Halden's.
 */
import { sign } from './verify'

export const SECRET = 'a signing secret of the sample workspace'
export const NOW = new Date('2026-03-02T09:30:00.000Z')
const TEAM = { id: 'T0HALDEN01', domain: 'halden' }
const CHANNEL = { id: 'C0ALERTS01', name: 'security-alerts' }
const ADA = { id: 'U0ADA00001', username: 'ada', name: 'ada', team_id: TEAM.id }

const RICH = {
  type: 'rich_text',
  block_id: 'b1',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'is this one live?' }] }],
}

export const messageAction = {
  type: 'message_action',
  token: 'unused',
  action_ts: '1772443790.123456',
  team: TEAM,
  user: ADA,
  channel: CHANNEL,
  is_enterprise_install: false,
  enterprise: null,
  callback_id: 'put_on_record',
  trigger_id: '1234.5678.abcdef',
  response_url: 'https://hooks.slack.com/app/T0HALDEN01/1/xyz',
  message_ts: '1772443700.000200',
  message: {
    type: 'message',
    user: 'U0HUGO0001',
    ts: '1772443700.000200',
    thread_ts: '1772443600.000100',
    team: TEAM.id,
    client_msg_id: 'c1',
    text: 'is this one live? &lt;prod&gt;',
    blocks: [RICH],
  },
}

export const botMessageAction = {
  ...messageAction,
  trigger_id: '1234.5678.bot',
  message_ts: '1772443650.000300',
  message: {
    type: 'message',
    subtype: 'bot_message',
    bot_id: 'B0ALERT001',
    app_id: 'A0ALERT001',
    username: 'Farid Haddad',
    icons: { image_48: 'https://example.com/farid.png' },
    ts: '1772443650.000300',
    text: '',
    attachments: [
      {
        fallback: 'Alert: svc_orders',
        title: 'svc_orders: interactive login',
        text: 'from an unknown host',
        fields: [{ title: 'Host', value: 'build-7', short: true }],
      },
    ],
    files: [{ id: 'F1', name: 'login.pcap', size: 2048, mimetype: 'application/octet-stream' }],
  },
}

export const viewSubmission = {
  type: 'view_submission',
  team: TEAM,
  user: ADA,
  api_app_id: 'A0RECORD01',
  token: 'unused',
  trigger_id: '1234.5678.view',
  view: {
    id: 'V0FORM0001',
    team_id: TEAM.id,
    type: 'modal',
    callback_id: 'onrecord_promote',
    private_metadata: 'draft_01',
    hash: '1772443800.abc',
    state: {
      values: {
        title: { title: { type: 'plain_text_input', value: 'Leaked password of svc_orders' } },
        category: {
          category: {
            type: 'static_select',
            selected_option: { text: { type: 'plain_text', text: 'Leaked secret' }, value: 'leaked-secret' },
          },
        },
        severity: { severity: { type: 'static_select', selected_option: null } },
        note: { note: { type: 'plain_text_input', value: null } },
      },
    },
  },
  response_urls: [],
}

export const blockActions = {
  type: 'block_actions',
  user: ADA,
  api_app_id: 'A0RECORD01',
  token: 'unused',
  container: {
    type: 'message',
    message_ts: '1772443900.000500',
    channel_id: CHANNEL.id,
    is_ephemeral: false,
    thread_ts: '1772443600.000100',
  },
  trigger_id: '1234.5678.press',
  team: TEAM,
  channel: CHANNEL,
  message: { type: 'message', ts: '1772443900.000500', text: 'Case 12' },
  response_url: 'https://hooks.slack.com/actions/T0HALDEN01/1/xyz',
  actions: [
    {
      action_id: 'onrecord_assign_me',
      block_id: 'x',
      text: { type: 'plain_text', text: 'Assign to me' },
      value: 'v1.assign_me.case_1.3.mac',
      type: 'button',
      action_ts: '1772443950.000001',
    },
  ],
}

export const slashCommand = {
  token: 'unused',
  team_id: TEAM.id,
  team_domain: 'halden',
  channel_id: CHANNEL.id,
  channel_name: CHANNEL.name,
  user_id: ADA.id,
  user_name: 'ada',
  command: '/record',
  text: 'https://halden.slack.com/archives/C0ALERTS01/p1772443700000200?thread_ts=1772443600.000100&amp;cid=C0ALERTS01',
  api_app_id: 'A0RECORD01',
  response_url: 'https://hooks.slack.com/commands/T0HALDEN01/1/xyz',
  trigger_id: '1234.5678.slash',
}

const HUGO = {
  type: 'message',
  user: 'U0HUGO0001',
  team: TEAM.id,
  ts: '1772443700.000200',
  thread_ts: '1772443600.000100',
}

export function eventCallback(event: Record<string, unknown>, event_id = 'Ev0001') {
  return {
    token: 'unused',
    team_id: TEAM.id,
    api_app_id: 'A0RECORD01',
    type: 'event_callback',
    event_id,
    event_time: 1_772_443_800,
    authorizations: [],
    event,
  }
}

export const messageChanged = eventCallback({
  type: 'message',
  subtype: 'message_changed',
  hidden: true,
  channel: CHANNEL.id,
  ts: '1772443799.000400',
  event_ts: '1772443799.000400',
  message: { ...HUGO, text: 'nothing to see', edited: { user: 'U0HUGO0001', ts: '1772443799.000000' } },
  previous_message: { ...HUGO, text: 'is this one live?' },
})

export const messageDeleted = eventCallback(
  {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: CHANNEL.id,
    ts: '1772443799.000500',
    deleted_ts: HUGO.ts,
    event_ts: '1772443799.000500',
    previous_message: { ...HUGO, text: 'is this one live?' },
  },
  'Ev0002',
)

export const reply = eventCallback(
  { ...HUGO, ts: '1772443801.000600', channel: CHANNEL.id, channel_type: 'channel', text: 'approve' },
  'Ev0003',
)

export const asForm = (payload: unknown) =>
  new TextEncoder().encode(new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
export const asJson = (payload: unknown) => new TextEncoder().encode(JSON.stringify(payload))
export const asFields = (fields: Record<string, string>) =>
  new TextEncoder().encode(new URLSearchParams(fields).toString())

export function signed(rawBody: Uint8Array, at = NOW, secret = SECRET): Headers {
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  return new Headers({
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(secret, timestamp, rawBody),
  })
}
