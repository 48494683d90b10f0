import { type Child, type Program, supervise } from './child'
import { type Database, openDatabase } from './database'
import { foldersIn, makeFolders } from './folders'
import { found } from './founding'
import { claim } from './lock'
import { endOrphans } from './orphans'
import { ensureFree } from './ports'
import { programs } from './programs'
import { untilReady } from './ready'
import { workSampleCase } from './sample-case'
import type { Settings } from './settings'

/** Runs On Record until this process is told to stop. */
export async function run(
  settings: Settings,
  home: string,
  announce: (url: string) => string,
): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  // Whatever goes wrong here, the launcher stays to look after its processes.
  process.on('unhandledRejection', (error) => complain(error))
  const running = await start(settings, home, stopping.signal)
  if (!stopping.signal.aborted) process.stdout.write(`${announce(settings.url)}\n`)
  await aborted(stopping.signal)
  await running.stop()
}

function complain(error: unknown): void {
  const reason = error instanceof Error ? error.message : 'unknown'
  const line = { time: new Date().toISOString(), level: 'error', name: 'start', msg: 'unexpected', reason }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

export type Running = {
  /** Ends when the sample's closed case is there; at once where there is none to make. */
  readonly sampleCase: Promise<void>
  readonly stop: () => Promise<void>
}

/** Everything is up when this answers; what was started is stopped again when it throws. */
export async function start(settings: Settings, home: string, signal: AbortSignal): Promise<Running> {
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const lock = await claim(folders.lock, settings.url)
  const children: Child[] = []
  let database: Database | null = null
  const stop = async () => {
    await stopAll(children, database)
    await lock.release()
  }
  const begin = (list: readonly Program[]) => {
    for (const program of list) if (!signal.aborted) children.push(supervise(program, folders))
  }
  try {
    await endOrphans(folders.run)
    await ensureFree(settings.port, settings.host)
    database = await openDatabase(settings, folders, home)
    const plan = await found({ home, settings, folders, database, environment: process.env })
    const { first, later } = programs(plan)
    begin(first)
    const web = children.find(({ name }) => name === 'web')
    if (web) await untilReady(`http://${settings.host}:${settings.port}`, web, folders.logs, signal)
    begin(later)
    return { sampleCase: workSampleCase(plan, signal), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Nothing new comes in first, then what is begun is finished, then what came of it is sealed. */
async function stopAll(children: readonly Child[], database: Database | null): Promise<void> {
  for (const child of [...children].reverse()) await child.stop()
  await database?.stop()
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }))
}
