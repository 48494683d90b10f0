import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { urlAs } from '../../db/roles'
import type { Program } from './child'
import type { Database } from './database'
import type { Folders } from './folders'
import type { Rings } from './key-rings'
import type { Environment, Settings } from './settings'

/** What every process may know of its surroundings: where programs are, the time zone, the way out of the network. */
const SURROUNDINGS = [
  ...['PATH', 'HOME', 'TZ', 'LANG', 'TMPDIR', 'SystemRoot'],
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'NODE_EXTRA_CA_CERTS',
    'NODE_USE_ENV_PROXY',
    'SSL_CERT_FILE',
  ],
]
/** Settings of the web application that are handed on as they are. */
const FOR_THE_WEB = [
  ...['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_SCOPE', 'OIDC_ACR_VALUES'],
  ...['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_API_URL'],
  ...['ON_RECORD_MAX_EVIDENCE', 'ON_RECORD_SESSION_IDLE', 'ON_RECORD_SESSION_LONGEST', 'ON_RECORD_POOL'],
  'ON_RECORD_COMMANDS_PER_SECOND',
  'ON_RECORD_WITNESS_SECONDS',
]
/** Where the log is sealed and shown to witnesses. */
const FOR_THE_SEQUENCER = ['ON_RECORD_WITNESS_SECONDS']
const FOR_THE_WORKER = ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_API_URL']

export type Plan = {
  readonly home: string
  readonly settings: Settings
  readonly folders: Folders
  readonly database: Database
  readonly rings: Rings
  readonly org: string
  readonly environment: Environment
  /** The local sample chat: its address and the app's credentials there; null with a DATABASE_URL. */
  readonly chat: SampleChat | null
}

export type SampleChat = {
  readonly url: string
  readonly port: number
  readonly web: Readonly<Record<string, string>>
  readonly worker: Readonly<Record<string, string>>
  readonly own: Readonly<Record<string, string>>
}

/** The programs of an installation in the order in which they are started; they are stopped in the opposite one. */
export function programs(plan: Plan): { first: Program[]; later: Program[] } {
  // What people wait for has the machine to itself until it answers.
  const first = [sequencer(plan), web(plan)]
  if (plan.settings.mode === 'server') return { first, later: [worker(plan)] }
  return { first, later: [worker(plan), ...(plan.chat ? [sampleChat(plan, plan.chat)] : []), executor(plan)] }
}

function surroundings({ environment }: Plan, names: readonly string[] = []): Record<string, string> {
  const told: Record<string, string> = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }
  for (const name of [...SURROUNDINGS, ...names]) {
    const value = environment[name]
    if (value) told[name] = value
  }
  return told
}

function program(plan: Plan, name: string, env: Record<string, string>, patience: number): Program {
  const { home } = plan
  return {
    name,
    args: ['--enable-source-maps', join(home, 'dist', `${name}.mjs`)],
    cwd: home,
    env: { ...env, ON_RECORD_HOME: home },
    patience,
  }
}

function sequencer(plan: Plan): Program {
  const { database, folders, rings } = plan
  const env = {
    ...surroundings(plan, FOR_THE_SEQUENCER),
    ...rings.told.sequencer,
    ON_RECORD_SEQUENCER_DATABASE_URL: urlAs('on_record_sequencer', database.adminUrl, database.secret),
    ON_RECORD_SEQUENCER_FOLDER: folders.sequencer,
  }
  return program(plan, 'sequencer', env, 10_000)
}

function worker(plan: Plan): Program {
  const { database, settings, folders } = plan
  const env = {
    ...surroundings(plan, FOR_THE_WORKER),
    ...plan.chat?.worker,
    ...plan.rings.told.application,
    ON_RECORD_WORKER_DATABASE_URL: urlAs('on_record_worker', database.adminUrl, database.secret),
    ON_RECORD_APP_DATABASE_URL: urlAs('on_record_app', database.adminUrl, database.secret),
    ON_RECORD_URL: settings.url,
    ON_RECORD_ORG: plan.org,
    ON_RECORD_DATA: folders.evidence,
    ON_RECORD_KEYS: folders.keys,
  }
  return program(plan, 'worker', env, 15_000)
}

function web(plan: Plan): Program {
  const { home, settings, folders, database, org } = plan
  const env = {
    ...surroundings(plan, FOR_THE_WEB),
    ...plan.chat?.web,
    ...plan.rings.told.application,
    HOSTNAME: settings.host,
    PORT: String(settings.port),
    ON_RECORD_MODE: settings.mode,
    ON_RECORD_URL: settings.url,
    ON_RECORD_APP_DATABASE_URL: urlAs('on_record_app', database.adminUrl, database.secret),
    ON_RECORD_DATA: folders.evidence,
    ON_RECORD_KEYS: folders.keys,
    ON_RECORD_ORG: org,
    ON_RECORD_HOME: home,
    AUTH_SECRET: derived(database.secret, 'sign-in cookies'),
  }
  const next = join(home, 'node_modules', 'next', 'dist', 'bin', 'next')
  return settings.dev
    ? {
        name: 'web',
        args: [next, 'dev', '--hostname', settings.host, '--port', String(settings.port)],
        cwd: home,
        env: { ...env, NODE_ENV: 'development' },
        patience: 5_000,
      }
    : {
        name: 'web',
        // Answers are short-lived: with more room for the young, few of them are ever copied to the old.
        args: ['--max-semi-space-size=64', '--enable-source-maps', join(home, 'dist', 'web.mjs')],
        cwd: home,
        env,
        patience: 5_000,
      }
}

/** The executor is told of On Record's address and its own folder, and of nothing else. */
function executor(plan: Plan): Program {
  return program(
    plan,
    'executor',
    { ...surroundings(plan), ON_RECORD_EXECUTOR_CONFIG: join(plan.folders.executor, 'config.json') },
    20_000,
  )
}

function sampleChat(plan: Plan, chat: SampleChat): Program {
  return program(plan, 'sample-chat', { ...surroundings(plan), ...chat.own }, 5_000)
}

/** The application's own secret: from it, the other roles' passwords can't be found. */
function derived(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(`on-record ${purpose}`).digest('base64url')
}
