import { parseArgs } from 'node:util'
import { home } from '../home'
import { run } from './run'
import { readSettings } from './settings'

const HELP = `on-record start [--dev | --as-built] [--json]

Installs, builds and migrates what is missing, then runs On Record until it is stopped with Ctrl-C.

  --dev        the web application in development mode: changes show at once
  --as-built   run what was built last, even if the sources have changed since
  --json       print the address as JSON
  --help       this text

Without DATABASE_URL, On Record brings its own PostgreSQL and a sample organisation, and serves this machine alone.
With it, these settings are needed too: AUTH_SECRET, ON_RECORD_KEY_ENCRYPTION_KEY (or ON_RECORD_KMS_COMMAND), ON_RECORD_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET,
ON_RECORD_ORG_NAME, ON_RECORD_ADMIN_EMAIL. Others: PORT (3000), ON_RECORD_HOST (127.0.0.1), ON_RECORD_DATA (./.on-record), ON_RECORD_POOL (10 connections to the database),
ON_RECORD_COMMANDS_PER_SECOND (20, for each person or machine; a burst is six seconds of it).
`

const OPTIONS = {
  'as-built': { type: 'boolean' },
  dev: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export async function main(_name: string, args: string[]): Promise<void> {
  const options = parse(args)
  if (!options) return
  const settings = readSettings(process.env, home(), options.dev === true)
  if ('problems' in settings) {
    process.stderr.write(`On Record can't start:\n${settings.problems.map((each) => `- ${each}\n`).join('')}`)
    process.exitCode = 1
    return
  }
  await run(settings, home(), (url) => (options.json ? JSON.stringify({ url }) : `On Record is at ${url}`))
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({ args, options: OPTIONS })
    if (!values.help) return values
    process.stdout.write(HELP)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`)
    process.exitCode = 2
  }
  return null
}
