import { resolve } from 'node:path'
import { ENCRYPTION_KEY, KMS_COMMAND, WrapperFailed, wrapperOf } from '../../db/keys/wrapper'

export type Server = {
  readonly mode: 'server'
  readonly databaseUrl: string
  readonly secret: string
  readonly organisation: { readonly name: string; readonly admin: string }
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
}
export type Local = { readonly mode: 'local' }

export type Settings = (Server | Local) & {
  /** Folder of the embedded database, evidence, keys and logs. */
  readonly data: string
  readonly port: number
  readonly host: string
  /** The web origin: what people type, and what approvals and cookies are bound to. */
  readonly url: string
  /** Next's development server instead of the built application. */
  readonly dev: boolean
}

export type Environment = Readonly<Record<string, string | undefined>>

/** What is wrong with the settings, a sentence each; all at once, so that nobody has to start five times. */
export type Problems = { readonly problems: readonly string[] }

const SECRET_LENGTH = 32
const REQUIRED = [
  [
    'AUTH_SECRET',
    `at least ${SECRET_LENGTH} characters from a random source, e.g. the output of "openssl rand -base64 32"`,
  ],
  ['ON_RECORD_URL', 'the address at which people reach On Record, e.g. https://record.example'],
  ['OIDC_ISSUER', "your OpenID provider's issuer, e.g. https://login.example/realms/main"],
  ['OIDC_CLIENT_ID', 'the client that On Record is at that provider'],
  ['OIDC_CLIENT_SECRET', "that client's secret"],
  ['ON_RECORD_ORG_NAME', "your organisation's name"],
  ['ON_RECORD_ADMIN_EMAIL', 'the address of the first administrator, as the OpenID provider gives it'],
] as const

export function readSettings(env: Environment, home: string, dev: boolean): Settings | Problems {
  const port = Number(env.PORT || '3000')
  const problems = [
    ...portProblems(env.PORT),
    ...urlProblems(env),
    ...keyProblems(env),
    ...(env.DATABASE_URL ? serverProblems(env) : []),
  ]
  if (problems.length) return { problems }
  const url = new URL(env.ON_RECORD_URL || `http://localhost:${port}`).origin
  const common = { data: resolve(home, env.ON_RECORD_DATA || '.on-record'), port, url, dev }
  if (!env.DATABASE_URL) return { ...common, mode: 'local', host: '127.0.0.1' }
  return { ...common, ...server(env), host: env.ON_RECORD_HOST || '127.0.0.1' }
}

function server(env: Environment): Server {
  const value = (name: string) => env[name] ?? ''
  return {
    mode: 'server',
    databaseUrl: value('DATABASE_URL'),
    secret: value('AUTH_SECRET'),
    organisation: { name: value('ON_RECORD_ORG_NAME'), admin: value('ON_RECORD_ADMIN_EMAIL') },
    oidc: {
      issuer: value('OIDC_ISSUER'),
      clientId: value('OIDC_CLIENT_ID'),
      clientSecret: value('OIDC_CLIENT_SECRET'),
    },
  }
}

function portProblems(port: string | undefined): string[] {
  if (!port || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) return []
  return [`PORT is "${port}", and must be a number from 1 to 65535.`]
}

/** Without a DATABASE_URL the people of the sample organisation sign in with one click, so nobody else may reach it. */
function urlProblems(env: Environment): string[] {
  const given = env.ON_RECORD_URL
  if (!given) return []
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    return [`ON_RECORD_URL is "${given}", and must be an address such as https://record.example.`]
  }
  const { hostname, protocol } = new URL(given)
  const local = isLoopback(hostname)
  if (!env.DATABASE_URL && !local) {
    return [
      `ON_RECORD_URL names ${hostname}, but without DATABASE_URL On Record serves this machine alone: set DATABASE_URL and the rest, or leave ON_RECORD_URL out.`,
    ]
  }
  if (env.DATABASE_URL && protocol === 'http:' && !local)
    return [
      'ON_RECORD_URL must start with https:// unless it names this machine: passkeys and cookies need it.',
    ]
  return []
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** A server's private keys are encrypted under what its administrator keeps elsewhere. */
function keyProblems(env: Environment): string[] {
  if (env.DATABASE_URL && !env[ENCRYPTION_KEY] && !env[KMS_COMMAND])
    return [
      `${ENCRYPTION_KEY} is missing: 32 random bytes in base64url that encrypt the private keys on disk, or ${KMS_COMMAND} instead (see docs/keys.md).`,
    ]
  try {
    wrapperOf(env)
    return []
  } catch (error) {
    if (error instanceof WrapperFailed) return [error.message]
    throw error
  }
}

function serverProblems(env: Environment): string[] {
  const missing = REQUIRED.filter(([name]) => !env[name]).map(
    ([name, what]) => `${name} is missing: ${what}.`,
  )
  const short = env.AUTH_SECRET && env.AUTH_SECRET.length < SECRET_LENGTH
  const shapes = [
    short
      ? `AUTH_SECRET has ${env.AUTH_SECRET?.length} characters, and needs at least ${SECRET_LENGTH} from a random source.`
      : null,
    /^postgres(ql)?:\/\//.test(env.DATABASE_URL ?? '') && URL.canParse(env.DATABASE_URL ?? '')
      ? null
      : 'DATABASE_URL must look like postgres://owner:password@host:5432/database.',
    env.OIDC_ISSUER && !URL.canParse(env.OIDC_ISSUER)
      ? 'OIDC_ISSUER must be an address, e.g. https://login.example/realms/main.'
      : null,
    env.ON_RECORD_ADMIN_EMAIL && !/^[^\s@]+@[^\s@]+$/.test(env.ON_RECORD_ADMIN_EMAIL)
      ? 'ON_RECORD_ADMIN_EMAIL must be an e-mail address.'
      : null,
  ]
  return [...missing, ...shapes.filter((each) => each !== null)]
}
