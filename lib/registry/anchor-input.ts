import { z } from 'zod'
import { text } from '../act/text'
import { ANCHORS } from './anchor-event'

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
const team = z.string().regex(/^[TE][0-9A-Z]{1,30}$/, "must be a Slack workspace's id")
const channel = z.string().regex(/^[CG][0-9A-Z]{1,30}$/, "must be a Slack channel's id")
const platform = z.literal('slack')
const anchored = { size: z.int().min(1), checkpoint_sha256: digest }

/** An address that is asked by the worker: HTTP as RFC 3161 has it, since the answer is signed; no name and password. */
const address = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine(
    (url) => URL.canParse(url) && new URL(url).username === '' && new URL(url).password === '',
    'must carry no password',
  )

export const anchorSettings = z.strictObject({
  timestamp: z.strictObject({ url: address, ca: text(20_000) }).nullable(),
  chat: z.strictObject({ platform, team, channel }).nullable(),
  every_hours: z.int().min(1).max(168).default(24),
})

export const anchorOutcome = z.strictObject({
  timestamp: z
    .strictObject({
      ...anchored,
      url: address,
      token_sha256: digest,
      time: z.iso.datetime(),
      serial: z.string().regex(/^[0-9a-f]{2,80}$/),
      authority: text(500),
    })
    .nullable()
    .default(null),
  chat: z
    .strictObject({
      ...anchored,
      platform,
      team,
      channel,
      message_id: text(100),
      permalink: z.url().max(500),
    })
    .nullable()
    .default(null),
  failed: z
    .strictObject({ kind: z.enum(ANCHORS), sentence: text(500) })
    .nullable()
    .default(null),
})
