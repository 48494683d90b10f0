import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { freePort, isFree } from '../free-port.mjs'
import { ensureReachable, postgresAccount } from './account'
import { findBinaries } from './binaries'
import { type Cluster, cluster, initialise } from './cluster'
import { findRunning } from './running'

const SUPERUSER = 'postgres'
const HOST = '127.0.0.1'
const PASSWORD_FILE = 'superuser-password'

export type StartOptions = {
  /** Holds the cluster (`data`), the superuser's password (mode 0600) and the remembered port. */
  readonly folder: string
  /** Without it: the port used last time if it is still free, else any free one. */
  readonly port?: number
  /** Only for tests: no fsync, so a power cut would lose everything. */
  readonly throwaway?: boolean
}

export type Postgres = {
  readonly host: string
  readonly port: number
  readonly superuser: string
  readonly password: string
  /** True when a server was found running, e.g. after its launcher had been killed. */
  readonly adopted: boolean
  readonly pid: number
  readonly folder: string
  /** The superuser's connection string for a database. */
  url(database: string): string
  /** Stops at the end of running statements; connections are closed. Stopping twice is the same as once. */
  stop(): Promise<void>
}

/** Starts the PostgreSQL 18 of this data folder, or adopts it when it still runs. The first time it makes the cluster. */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const folder = resolve(options.folder)
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const server = await clusterIn(folder)
  const password = await rememberedPassword(folder)
  const running = await findRunning(server.data, SUPERUSER, password)
  if (running) return handle(folder, server, password, running, true)
  await initialise(server, { superuser: SUPERUSER, password, folder, throwaway: options.throwaway === true })
  await startOnFreePort(folder, server, options.port)
  const started = await findRunning(server.data, SUPERUSER, password)
  if (!started) throw new Error(`PostgreSQL started and ended again. Its log: ${await server.lastLines()}`)
  return handle(folder, server, password, started, false)
}

/** The server that runs on this data folder, started by whomever; null when none does. */
export async function adoptPostgres(folder: string): Promise<Postgres | null> {
  const server = await clusterIn(folder)
  const password = (await readFile(join(folder, PASSWORD_FILE), 'utf8').catch(() => '')).trim()
  const running = await findRunning(server.data, SUPERUSER, password)
  return running && handle(folder, server, password, running, true)
}

async function clusterIn(folder: string): Promise<Cluster> {
  const account = await postgresAccount()
  const binaries = await findBinaries()
  const data = join(folder, 'data')
  await ensureReachable(data, account)
  await ensureReachable(binaries.postgres, account)
  return cluster({ data, account, binaries })
}

function handle(
  folder: string,
  server: Cluster,
  password: string,
  running: { port: number; pid: number },
  adopted: boolean,
): Postgres {
  const { port, pid } = running
  return {
    host: HOST,
    port,
    pid,
    superuser: SUPERUSER,
    password,
    adopted,
    folder,
    url: (database) => `postgres://${SUPERUSER}:${password}@${HOST}:${port}/${encodeURIComponent(database)}`,
    stop: () => server.stop('fast'),
  }
}

/** Between asking for a free port and using it somebody else may take it: then another is tried. */
async function startOnFreePort(folder: string, server: Cluster, wanted?: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await usualPort(folder))
    const started = await server.start(port)
    if (started.ok) return writeFile(join(folder, 'port'), `${port}\n`)
    const taken = !(await isFree(port))
    if (wanted !== undefined || !taken || attempt === 5)
      throw new Error(
        `PostgreSQL did not start on port ${port}${taken ? ', which is taken' : ''}. Its log: ${started.log}`,
      )
  }
}

async function usualPort(folder: string): Promise<number> {
  const remembered = Number.parseInt(await readFile(join(folder, 'port'), 'utf8').catch(() => ''), 10)
  if (Number.isInteger(remembered) && (await isFree(remembered))) return remembered
  return freePort()
}

/** Written whole and never overwritten, so that two launchers starting at once agree on one password. */
async function rememberedPassword(folder: string): Promise<string> {
  const file = join(folder, PASSWORD_FILE)
  const known = await readFile(file, 'utf8').catch(() => null)
  if (known) return known.trim()
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  await chmod(file, 0o600)
  return (await readFile(file, 'utf8')).trim()
}
