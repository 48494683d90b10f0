import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Unverified, Verified } from '../adapter'

const TOLERANCE_SECONDS = 300

/**
 * Slack's request signature: `X-Slack-Signature = "v0=" + hex(HMAC-SHA256(secret, "v0:" + timestamp + ":" + raw body))`,
 * within 300 s, compared in constant time. Takes the raw bytes: parse afterwards. There is no exemption for `ssl_check`.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verify(
  signingSecret: string,
  headers: Headers,
  rawBody: Uint8Array,
  now: Date,
): Verified | Unverified {
  if (signingSecret.trim() === '')
    throw new Error('the Slack signing secret is empty: nothing can be verified')
  const timestamp = headers.get('x-slack-request-timestamp') ?? ''
  const given = headers.get('x-slack-signature') ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(given))
    return { refused: 'no_signature', why: 'the request carries no Slack signature' }
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return { refused: 'stale', why: `the request is signed for ${timestamp}, more than 300 s away` }
  const expected = sign(signingSecret, timestamp, rawBody)
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given)))
    return { refused: 'mismatch', why: 'the signature does not match the body' }
  const raw_sha256 = createHash('sha256').update(rawBody).digest('hex')
  return verified({ scheme: 'slack-v0-hmac', at: now.toISOString(), raw_sha256 })
}

/** The signature that `verify` expects; also what the sample chat signs with. */
export function sign(signingSecret: string, timestamp: string, rawBody: Uint8Array | string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody).digest('hex')}`
}

function verified(facts: Pick<Verified, 'scheme' | 'at' | 'raw_sha256'>): Verified
function verified(facts: unknown): unknown {
  return facts
}
