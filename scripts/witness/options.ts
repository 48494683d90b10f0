import { parseArgs } from 'node:util'

export const USAGE = `Usage: on-record witness [options]

Runs a witness (C2SP tlog-witness): it remembers the newest checkpoint of each log that it follows, cosigns what continues
it, and refuses everything else. It is worth something only where the log's operator can't reach it: on another team's machine.

  --log VKEY      a log to follow, by its verifier key; may be given more than once. It is added to the file "logs" in the
                  folder, one key a line, which may also be edited while the witness runs
  --folder DIR    its key, the logs that it follows, and what it has cosigned (default ./on-record-witness)
  --database URL  keep what it has cosigned in this PostgreSQL instead, in a table of its own; several processes with this key may
                  share it. Better given as ON_RECORD_WITNESS_DATABASE_URL: a command line can be read by others
  --name NAME     its name, an address without scheme, chosen once (default: <this machine>/witness)
  --host ADDRESS  where it listens (default 127.0.0.1; put a web server with HTTPS before it to serve others)
  --port PORT     (default 4500)
  --json          print {"vkey", "url"} instead of sentences
  --help          this text

Its own key is made when it starts for the first time. Exit code: 0 stopped, 1 it can't run, 2 wrong usage.
`

export type Given = {
  readonly logs: readonly string[]
  readonly folder: string
  /** Address of a PostgreSQL; null where files do. */
  readonly database: string | null
  readonly name: string | null
  readonly host: string
  readonly port: number
  readonly json: boolean
}

export type Parsed = Given | { readonly help: true } | { readonly mistake: string }

const OPTIONS = {
  log: { type: 'string', multiple: true },
  folder: { type: 'string' },
  database: { type: 'string' },
  name: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export function parseArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Parsed {
  const found = understand(words)
  if ('mistake' in found) return found
  const { log, folder, database, name, host, port = '4500', json, help } = found.values
  if (help) return { help: true }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return { mistake: `--port is "${port}", and must be a number up to 65535.` }
  return {
    logs: log ?? [],
    folder: folder ?? 'on-record-witness',
    database: database ?? (environment.ON_RECORD_WITNESS_DATABASE_URL || null),
    name: name ?? null,
    host: host ?? '127.0.0.1',
    port: Number(port),
    json: json ?? false,
  }
}

function understand(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS })
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : 'These options are not understood.' }
  }
}
