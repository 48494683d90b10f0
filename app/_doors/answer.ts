import { isUnavailable, sqlState } from '@/db/client'
import { isRefusal, type Refusal, type RefusalCode, refuse } from '@/lib/act/refusal'
import { log } from './log'
import { json } from './wire'

/** The only map of refusals to the outside. */
const STATUS: Readonly<Record<RefusalCode, number>> = {
  invalid: 400,
  assurance_required: 401,
  forbidden: 403,
  separation_of_duties: 403,
  not_found: 404,
  wrong_stage: 409,
  gate: 409,
  conflict: 409,
  stale: 409,
  duplicate: 409,
  held: 409,
  not_erasable: 409,
  not_sealed: 409,
  not_witnessed: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
}

function statusOf(refusal: Refusal): number {
  return STATUS[refusal.code]
}

/** A receipt, a view or a refusal as JSON. Nothing here may be kept by a cache or guessed to be of another type. */
export function answer(value: unknown, status = 200): Response {
  if (value instanceof Response) return value
  if (value === undefined)
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
  const refused = isRefusal(value) ? value : null
  const headers = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(refused ? headersOf(refused) : {}),
  }
  return json(value, { status: refused ? statusOf(refused) : status, headers })
}

function headersOf(refusal: Refusal): Record<string, string> {
  switch (refusal.code) {
    case 'assurance_required':
      // RFC 9470: sign in again, now.
      return { 'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age="0"' }
    case 'unavailable':
      return { 'retry-after': '2' }
    case 'rate_limited':
      return { 'retry-after': '1' }
    case 'not_sealed':
      return { 'retry-after': '1' }
    case 'not_witnessed':
      return { 'retry-after': '2' }
    default:
      return {}
  }
}

/** Nobody is signed in, or not any more. */
export function signInFirst(sentence: string, more: object = {}): Response {
  const refusal = refuse('forbidden', sentence, 'Sign in.')
  return json(
    { ...refusal, ...more },
    { status: 401, headers: { 'cache-control': 'no-store', 'www-authenticate': 'Bearer' } },
  )
}

/** What was thrown, for the outside: whether it may be tried again, and a number to ask about. Never what it said. */
export function answerThrown(thrown: unknown, request: string): Response {
  if (isUnavailable(thrown)) {
    log.warn({ request, code: sqlState(thrown) }, 'the database does not answer')
    return answer(
      refuse(
        'unavailable',
        'The database does not answer right now: nothing was done.',
        'Try again in a moment: what you typed is kept.',
      ),
    )
  }
  // A value that no column can hold, e.g. a cursor that somebody made up: what was asked is wrong, not we.
  if (sqlState(thrown)?.match(/^22[0-9A-Z]{3}$/))
    return answer(
      refuse('invalid', 'The request holds a value that can’t be read.', 'Correct it and send it again.'),
    )
  log.error({ request, ...traceOf(thrown) }, 'a request failed')
  const said = {
    error: 'internal',
    sentence: 'Something went wrong on our side.',
    remedy: `Try again. If it stays, give this number to an administrator: ${request}.`,
    request,
  }
  return json(said, { status: 500, headers: { 'cache-control': 'no-store' } })
}

/** Where it was thrown, without its message: that may hold parameters. */
export function traceOf(thrown: unknown): { name: string; code: string | null; at: string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, code: null, at: [] }
  const at = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: thrown.name, code: sqlState(thrown), at: at.slice(0, 8).map((line) => line.trim()) }
}
