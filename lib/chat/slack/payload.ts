import { z } from 'zod'

/** The parts of Slack's payloads that we read; everything else is let pass and forgotten. */
const id = z.string().max(200)
const team = z.looseObject({ id, domain: z.string().optional() }).nullish()
const user = z.looseObject({
  id,
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: id.optional(),
})
const channel = z.looseObject({ id, name: z.string().optional() })
const ts = z.string().regex(/^\d{10}\.\d{6}$/)

const file = z.looseObject({
  name: z.string().nullish(),
  title: z.string().nullish(),
  size: z.number().optional(),
  mimetype: z.string().optional(),
})

export const message = z.looseObject({
  ts,
  thread_ts: ts.optional(),
  text: z.string().optional(),
  user: id.optional(),
  bot_id: id.nullish(),
  app_id: id.nullish(),
  username: z.string().nullish(),
  subtype: z.string().optional(),
  team: id.nullish(),
  user_team: id.nullish(),
  blocks: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
  files: z.array(file).optional(),
  metadata: z
    .looseObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .partial()
    .optional(),
})
export type SlackMessage = z.infer<typeof message>

export const messageAction = z.looseObject({
  type: z.literal('message_action'),
  callback_id: z.string(),
  team,
  user,
  channel,
  message,
  trigger_id: id,
  response_url: z.string().max(1_000).optional(),
})

const stateValue = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
})
export const viewSubmission = z.looseObject({
  type: z.literal('view_submission'),
  team,
  user,
  view: z.looseObject({
    id,
    hash: z.string().optional(),
    callback_id: z.string(),
    private_metadata: z.string().max(3_000),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), stateValue)) }),
  }),
})
export type ViewSubmission = z.infer<typeof viewSubmission>

export const blockActions = z.looseObject({
  type: z.literal('block_actions'),
  team,
  user,
  channel: channel.nullish(),
  container: z.looseObject({ message_ts: z.string().optional(), channel_id: id.optional() }).optional(),
  trigger_id: id.optional(),
  response_url: z.string().max(1_000).optional(),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string(),
        value: z.string().max(2_000).optional(),
        action_ts: z.string(),
      }),
    )
    .min(1),
})

export const command = z.looseObject({
  command: z.string(),
  text: z.string().max(10_000).default(''),
  team_id: id,
  user_id: id,
  user_name: z.string().default(''),
  channel_id: id,
  channel_name: z.string().default(''),
  trigger_id: id,
  response_url: z.string().max(1_000).optional(),
})

export const urlVerification = z.looseObject({
  type: z.literal('url_verification'),
  challenge: z.string().max(1_000),
})

export const eventCallback = z.looseObject({
  type: z.literal('event_callback'),
  event_id: id,
  event_time: z.number(),
  team_id: id,
  /** The app that this is delivered to: ours. */
  api_app_id: id.optional(),
  authorizations: z.array(z.looseObject({ user_id: id, is_bot: z.boolean() })).optional(),
  event: z.looseObject({
    type: z.string(),
    subtype: z.string().optional(),
    channel: z.unknown().optional(),
    ts: z.string().optional(),
    thread_ts: ts.optional(),
    user: z.unknown().optional(),
    text: z.string().optional(),
    bot_id: id.nullish(),
    message: z.unknown().optional(),
    previous_message: z.unknown().optional(),
    deleted_ts: ts.optional(),
    message_ts: z.string().optional(),
    links: z.array(z.looseObject({ url: z.string().max(3_000) })).optional(),
  }),
})
export type EventCallback = z.infer<typeof eventCallback>
