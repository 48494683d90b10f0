import { type ChildProcess, spawn } from 'node:child_process'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** The first start may have to build everything. */
const START_MS = 600_000
/** The sample's closed case is worked by the executor after the start. */
const CLOSED_MS = 90_000
const HOME = join(import.meta.dirname, '..')

/** One installation for all journeys, as a newcomer would start it; stopped and removed when they are over. */
export default async function start(): Promise<() => Promise<void>> {
  if (process.env.ON_RECORD_E2E_URL) {
    if (!process.env.ON_RECORD_E2E_DATA)
      throw new Error('ON_RECORD_E2E_URL needs ON_RECORD_E2E_DATA, the data folder of that installation.')
    return async () => undefined
  }
  const data = await mkdtemp(join(tmpdir(), 'on-record-e2e-'))
  const port = await freePort()
  const launcher = spawn(process.execPath, [join(HOME, 'bin', 'on-record.mjs'), 'start', '--json'], {
    cwd: HOME,
    env: { ...surroundings(), PORT: String(port), ON_RECORD_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    await ended(launcher)
    await rm(data, { recursive: true, force: true })
  }
  try {
    process.env.ON_RECORD_E2E_URL = await addressOf(launcher)
    process.env.ON_RECORD_E2E_DATA = data
    await sampleIsComplete(data)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** Nothing that would point the launcher to somebody's own database, provider or chat. */
function surroundings(): NodeJS.ProcessEnv {
  const foreign = /^(?:DATABASE_URL|AUTH_SECRET|OIDC_|SLACK_|ON_RECORD_|NODE_OPTIONS|NODE_ENV)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** The launcher's one line, once everything answers. */
async function addressOf(launcher: ChildProcess): Promise<string> {
  let said = ''
  launcher.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  for (const end = Date.now() + START_MS; Date.now() < end; await pause(100)) {
    const line = said.split('\n').find((each) => each.startsWith('{'))
    if (line) return (JSON.parse(line) as { url: string }).url
    if (launcher.exitCode !== null) throw new Error(`The launcher ended with ${launcher.exitCode}: ${said}`)
  }
  throw new Error('The launcher did not come up.')
}

async function sampleIsComplete(data: string): Promise<void> {
  const note = join(data, 'postgres', 'sample-case-is-closed')
  for (const end = Date.now() + CLOSED_MS; Date.now() < end; await pause(200)) {
    const found = await access(note).then(
      () => true,
      () => false,
    )
    if (found) return
  }
  throw new Error('The sample’s closed case was not finished.')
}

async function ended(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return
  const over = new Promise<void>((done) => launcher.once('exit', () => done()))
  launcher.kill('SIGTERM')
  await over
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
