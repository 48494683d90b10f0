import { sign } from '../../lib/chat/slack/verify'
import type { Json } from './workspace'

/** What Slack would have sent: bytes and headers, signed now (or at `at`). */
export type SignedRequest = { method: 'POST'; headers: Record<string, string>; body: string }

/** Interactions go out as a form with one field, `payload`; events as JSON; commands as plain fields. */
export function signedRequest(
  signingSecret: string,
  kind: 'interaction' | 'event' | 'command',
  payload: Json,
  { at = new Date(), retry = 0 }: { at?: Date; retry?: number } = {},
): SignedRequest {
  const body =
    kind === 'event'
      ? JSON.stringify(payload)
      : formOf(kind === 'interaction' ? { payload: JSON.stringify(payload) } : payload)
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  return {
    method: 'POST',
    headers: {
      'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(signingSecret, timestamp, body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...(retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_error' } : {}),
    },
    body,
  }
}

function formOf(fields: Json): string {
  return new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString()
}

export type Delivery = { ok: boolean; status: number; json: Json }

/** Slack waits three seconds, and no longer. */
export async function deliver(url: string, request: SignedRequest): Promise<Delivery> {
  try {
    const answer = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(3_000) })
    const text = await answer.text()
    return { ok: answer.ok, status: answer.status, json: parsed(text) }
  } catch {
    return { ok: false, status: 0, json: {} }
  }
}

function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
  } catch {
    return {}
  }
}
