import { ErrorCode } from '@slack/web-api'

/** Why a call failed: Slack's own word for it, `rate_limited`, or `unavailable` when nothing answered. */
export function failureOf(error: unknown): { code: string; retryAfter: number | null } {
  if (!isObject(error)) return { code: 'unavailable', retryAfter: null }
  if (error.code === ErrorCode.RateLimitedError)
    return { code: 'rate_limited', retryAfter: numberOf(error.retryAfter) ?? 1 }
  if (error.code === ErrorCode.PlatformError && isObject(error.data))
    return { code: String(error.data.error ?? 'unavailable'), retryAfter: null }
  return { code: 'unavailable', retryAfter: null }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
