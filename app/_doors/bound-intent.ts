import { createHmac, timingSafeEqual } from 'node:crypto'
import { actionCommands } from '@/lib/action/command'
import { attributes, cookiesOf } from './session-cookie'
import type { Settings } from './settings'

/** What is to be approved: the statement's exact text, and how long it was read, in milliseconds. */
export const boundOrder = actionCommands.approveAction.input.pick({ statement: true, dwell_ms: true })

/** What somebody is about to approve, while they are away at the provider. */
export type Intent = {
  readonly member: string
  readonly case: string
  readonly request: string
  /** Hex SHA-256 of the statement, under which its bytes are kept. */
  readonly statement: string
  readonly dwell_ms: number
  /** Seconds since 1970: a sign-in of before then is not for this. */
  readonly begun: number
  readonly state: string
  /** RFC 7636. */
  readonly verifier: string
}

const NAME = 'on-record-approving'
const PATH = '/api/auth'
/** As long as a statement is good for. */
const SECONDS = 600

/** Kept by the browser until it is back, and nothing that anybody else could have put there: `<JSON>.<HMAC-SHA-256>`, base64url. */
export function intentCookie(intent: Intent, settings: Settings): string {
  const said = Buffer.from(JSON.stringify(intent)).toString('base64url')
  return `${NAME}=${said}.${mac(said, settings)}; ${attributes(settings, PATH)}; Max-Age=${SECONDS}`
}

export function noIntentCookie(settings: Settings): string {
  return `${NAME}=; ${attributes(settings, PATH)}; Max-Age=0`
}

/** What this browser was sent to the provider for with this `state`; null where it was for something else, or too long ago. */
export function intentOf(request: Request, settings: Settings): Intent | null {
  const [said = '', given = ''] = (cookiesOf(request.headers.get('cookie')).get(NAME) ?? '').split('.')
  const [expected, found] = [Buffer.from(mac(said, settings)), Buffer.from(given)]
  if (said === '' || expected.length !== found.length || !timingSafeEqual(expected, found)) return null
  const intent = JSON.parse(Buffer.from(said, 'base64url').toString()) as Intent
  const isOver = intent.begun + SECONDS < Math.floor(Date.now() / 1000)
  return isOver || new URL(request.url).searchParams.get('state') !== intent.state ? null : intent
}

function mac(said: string, { keys }: Settings): string {
  return createHmac('sha256', keys.mac).update(`onrecord.bound-sign-in/v1\n${said}`).digest('base64url')
}
