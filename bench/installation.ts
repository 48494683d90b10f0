import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { connect } from '../db/client'
import { freePort } from '../scripts/free-port.mjs'
import { adoptPostgres } from '../scripts/postgres/embedded'
import { type Folders, foldersIn } from '../scripts/start/folders'

/** An installation of its own, started as everybody starts one: production build, durable database, every check on. */
export type Installation = {
  readonly url: string
  readonly folders: Folders
  /** The embedded server's superuser. */
  readonly admin: (database: string) => string
  readonly secret: string
  readonly pids: { readonly web: number; readonly postgres: number }
  readonly stop: () => Promise<void>
}

export async function startInstallation(home: string): Promise<Installation> {
  const data = await mkdtemp(join(tmpdir(), 'on-record-bench-'))
  await chmod(data, 0o711)
  const child = launch(home, data, await freePort())
  let ending: Promise<void> | null = null
  const stop = () => {
    ending ??= ended(child).then(() => rm(data, { recursive: true, force: true, maxRetries: 3 }))
    return ending
  }
  onInterrupt(stop)
  try {
    return { ...(await look(await addressOf(child), foldersIn(data))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function look(url: string, folders: Folders): Promise<Omit<Installation, 'stop'>> {
  const server = await adoptPostgres(folders.postgres)
  if (!server) throw new Error('The installation’s PostgreSQL is not running.')
  const secret = (await readFile(folders.secret, 'utf8')).trim()
  await untilSampleIsDone(server.url('on_record'))
  const { pid: web } = JSON.parse(await readFile(join(folders.run, 'web.json'), 'utf8')) as { pid: number }
  return { url, folders, secret, admin: server.url, pids: { web, postgres: server.pid } }
}

/** Whoever ends the bench in the middle ends its installation as well: nobody else knows of it. */
function onInterrupt(stop: () => Promise<void>): void {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
  for (const [signal, code] of Object.entries(codes))
    process.once(signal, () => {
      process.stderr.write('Stopping the installation ...\n')
      void stop().finally(() => process.exit(code))
    })
}

type Launcher = ChildProcessByStdio<null, Readable, null>

function launch(home: string, data: string, port: number): Launcher {
  const env = {
    ...process.env,
    ...{ PORT: String(port), ON_RECORD_DATA: data, ON_RECORD_URL: '', DATABASE_URL: '' },
    // A few people's sessions carry the load of many.
    ON_RECORD_COMMANDS_PER_SECOND: '1000000',
  }
  const args = [join(home, 'bin', 'on-record.mjs'), 'start', '--as-built', '--json']
  // Its own group: Ctrl+C reaches the bench alone, which then stops it once and in order.
  return spawn(process.execPath, args, {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
}

function addressOf(child: Launcher): Promise<string> {
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`The installation ended with code ${code}.`)))
    createInterface({ input: child.stdout }).once('line', (line) => {
      child.removeAllListeners('exit')
      done((JSON.parse(line) as { url: string }).url)
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}

const QUIET_MS = 4_000
const PATIENCE_MS = 60_000

/** The sample's closed case is still being worked when the launcher answers; it must not be measured with the rest. */
async function untilSampleIsDone(url: string): Promise<void> {
  const sql = connect(url, 1, 'on-record bench')
  const begun = Date.now()
  let [last, since] = [-1, begun]
  try {
    while (Date.now() - since < QUIET_MS && Date.now() - begun < PATIENCE_MS) {
      const [row] = await sql<{ events: number }[]>`select count(*)::int as events from event`
      if (row && row.events !== last) [last, since] = [row.events, Date.now()]
      await new Promise((done) => setTimeout(done, 250))
    }
  } finally {
    await sql.end()
  }
}
