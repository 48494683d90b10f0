import { type Child, supervise } from './child'
import { type Database, openDatabase } from './database'
import { foldersIn, makeFolders } from './folders'
import { found } from './founding'
import { claim } from './lock'
import { endOrphans } from './orphans'
import { ensureFree } from './ports'
import { programs } from './programs'
import { untilReady } from './ready'
import type { Settings } from './settings'

/** Starts everything, says where it is, and stops everything, in order, when it is told to. */
export async function run(
  settings: Settings,
  home: string,
  announce: (url: string) => string,
): Promise<void> {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const lock = await claim(folders.lock, settings.url)
  const children: Child[] = []
  let database: Database | null = null
  try {
    await endOrphans(folders.run)
    await ensureFree(settings.port, settings.host)
    database = await openDatabase(settings, folders, home)
    const plan = await found({ home, settings, folders, database, environment: process.env })
    for (const program of programs(plan))
      if (!stopping.signal.aborted) children.push(supervise(program, folders))
    const web = children.find(({ name }) => name === 'web')
    if (web) await untilReady(`http://${settings.host}:${settings.port}`, web, folders.logs, stopping.signal)
    if (!stopping.signal.aborted) process.stdout.write(`${announce(settings.url)}\n`)
    await aborted(stopping.signal)
  } finally {
    await stop(children, database)
    await lock.release()
  }
}

/** Nothing new comes in first, then what is begun is finished, then what came of it is sealed. */
async function stop(children: readonly Child[], database: Database | null): Promise<void> {
  for (const child of [...children].reverse()) await child.stop()
  await database?.stop()
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }))
}
