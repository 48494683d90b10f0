import { z } from 'zod'
import { instant, sha256Hex, text } from '../act/text'
import { TRUST_LEVELS } from './event'

const message = z.strictObject({
  author: text(200),
  author_id: text(100, 0).nullable(),
  author_flags: z.array(z.enum(['bot', 'guest', 'external', 'unlinked', 'deleted'])).max(5),
  said_at: instant.nullable(),
  message_id: text(200, 0).nullable(),
  text: text(40_000),
})

/** A message and its thread, already masked: what the doors hand over, never what a browser sends. */
export const snapshot = z.strictObject({
  platform: z.enum(['slack', 'teams', 'other']),
  permalink: z.url().max(2_000).nullable(),
  team: text(100, 0).nullable(),
  channel: text(100, 0).nullable(),
  channel_name: text(200, 0).nullable(),
  thread: text(100, 0).nullable(),
  messages: z.array(message).min(1).max(500),
  completeness: z.enum(['complete', 'partial', 'pointer-only']),
  completeness_reason: text(500, 0).nullable(),
  trust: z.enum(TRUST_LEVELS),
  verified: text(100, 0).nullable(),
  received_at: instant,
  raw_sha256: sha256Hex.nullable(),
})

export const maskedSecret = z.strictObject({
  label: text(200, 0),
  kind: text(100, 0),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
})
