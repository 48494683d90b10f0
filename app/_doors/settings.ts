import { join } from 'node:path'
import { readKeys, type SecretKeys } from './keys'

type Mode = 'local' | 'server'

/** What the installation's environment says: read once, when the first request comes. */
export type Settings = {
  readonly databaseUrl: string
  /** Signs the cookies of a sign-in under way. */
  readonly secret: string
  /** The web origin: what cookies, approvals and tokens are bound to. */
  readonly origin: string
  /** Folder in which `policies` lies. */
  readonly home: string
  /** Folder of the built programs; null where this process was started without them, as tests are. */
  readonly programs: string | null
  /** Connections to the database. Few do more: what waits is sent together, and a core serves one at a time. */
  readonly pool: number
  /** Folder of the content store. */
  readonly data: string
  readonly mode: Mode
  /** The organisation into which people of this installation sign in, and to which its chat belongs. */
  readonly org: string
  readonly oidc: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly scope: string
    /** The ways of signing in that count for an approval, as the provider names them; empty where each does. */
    readonly acr: readonly string[]
  } | null
  readonly slack: {
    readonly signingSecret: string
    readonly botToken: string
    readonly apiUrl: string | undefined
  } | null
  readonly sampleChat: string | null
  readonly keys: SecretKeys
  /** Bytes. */
  readonly maxEvidence: number
  /** Seconds after which a session that nobody used ends, and after which every session ends. */
  readonly idle: number
  readonly longest: number
  /** Seconds after which a sealed event that is not witnessed is worth an alert. */
  readonly witnessSeconds: number
  /** True only where signing in without a password can reach nobody but the person at this machine. */
  readonly localSignIn: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const MEGABYTE = 1024 * 1024
const HOUR = 3600

/** @throws Error with a sentence that names what is missing */
export function readSettings(env: Environment): Settings {
  const mode = modeOf(env)
  const origin = originOf(need(env, 'ON_RECORD_URL'))
  return {
    mode,
    origin,
    databaseUrl: need(env, 'ON_RECORD_APP_DATABASE_URL'),
    secret: need(env, 'AUTH_SECRET'),
    data: need(env, 'ON_RECORD_DATA'),
    home: env.ON_RECORD_HOME || process.cwd(),
    programs: env.ON_RECORD_HOME ? join(env.ON_RECORD_HOME, 'dist') : null,
    pool: whole(env, 'ON_RECORD_POOL', 10),
    org: need(env, 'ON_RECORD_ORG'),
    oidc: oidcOf(env),
    slack: slackOf(env),
    sampleChat: env.SAMPLE_CHAT_URL || null,
    keys: readKeys(need(env, 'ON_RECORD_KEYS'), env),
    maxEvidence: whole(env, 'ON_RECORD_MAX_EVIDENCE', 100 * MEGABYTE),
    idle: whole(env, 'ON_RECORD_SESSION_IDLE', mode === 'local' ? 12 * HOUR : HOUR / 2),
    longest: whole(env, 'ON_RECORD_SESSION_LONGEST', mode === 'local' ? 7 * 24 * HOUR : 12 * HOUR),
    witnessSeconds: whole(env, 'ON_RECORD_WITNESS_SECONDS', 60),
    localSignIn:
      mode === 'local' &&
      isLoopback(new URL(origin).hostname) &&
      isLoopback(env.HOSTNAME ?? '') &&
      !env.DATABASE_URL,
  }
}

/** The address of this very machine, in any of its spellings. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

const kept = globalThis as { onRecordSettings?: Settings }

export function settings(): Settings {
  kept.onRecordSettings ??= readSettings(process.env)
  return kept.onRecordSettings
}

function need(env: Environment, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set: On Record can't start without it (see docs/running.md).`)
  return value
}

function modeOf(env: Environment): Mode {
  const mode = need(env, 'ON_RECORD_MODE')
  if (mode !== 'local' && mode !== 'server') throw new Error('ON_RECORD_MODE must be "local" or "server".')
  return mode
}

function originOf(url: string): string {
  if (!URL.canParse(url))
    throw new Error(
      'ON_RECORD_URL is not a URL: it must be the address in the browser, e.g. https://record.example.',
    )
  return new URL(url).origin
}

function oidcOf(env: Environment): Settings['oidc'] {
  if (!env.OIDC_ISSUER) return null
  return {
    issuer: env.OIDC_ISSUER,
    clientId: need(env, 'OIDC_CLIENT_ID'),
    clientSecret: need(env, 'OIDC_CLIENT_SECRET'),
    scope: env.OIDC_SCOPE || 'openid email profile',
    acr: (env.OIDC_ACR_VALUES ?? '').split(' ').filter((value) => value !== ''),
  }
}

function slackOf(env: Environment): Settings['slack'] {
  if (!env.SLACK_SIGNING_SECRET) return null
  return {
    signingSecret: env.SLACK_SIGNING_SECRET,
    botToken: need(env, 'SLACK_BOT_TOKEN'),
    apiUrl: env.SLACK_API_URL || undefined,
  }
}

function whole(env: Environment, name: string, otherwise: number): number {
  const value = env[name]
  if (!value) return otherwise
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new Error(`${name} must be a whole number above 0.`)
  return Number(value)
}
