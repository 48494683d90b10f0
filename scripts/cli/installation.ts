import { join } from 'node:path'
import { openDeps, type Performing } from '../../db/deps'
import { urlAs } from '../../db/roles'
import { freePort } from '../free-port.mjs'
import { home } from '../home'
import { startPostgres } from '../postgres/embedded'
import type { Database } from '../start/database'
import { type Folders, foldersIn, makeFolders } from '../start/folders'
import { organisationIn } from '../start/founding'
import { openRings, type Rings } from '../start/key-rings'
import { holder } from '../start/lock'
import { start } from '../start/run'
import { kept, secret } from '../start/secret-file'
import { readSettings, type Settings } from '../start/settings'

/** The installation that the environment names: running. */
export type Installation = {
  readonly settings: Settings
  readonly folders: Folders
  readonly database: Database
  readonly org: string
  readonly rings: Rings
  readonly deps: Performing
}

/** Works on the running installation; where none runs on the data folder, starts it for as long as the work takes. */
export async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
  const settings = settingsOf()
  const folders = foldersIn(settings.data)
  await makeFolders(folders)
  const elsewhere = settings.mode === 'server' || (await holder(folders.lock)) !== null
  const own = elsewhere ? null : await startedFor(settings)
  try {
    return await connected(settings, folders, work)
  } finally {
    await own?.stop()
  }
}

/** On a port of its own, so that it is in nobody's way; under the address that it always has. */
async function startedFor(settings: Settings) {
  return start({ ...settings, port: await freePort() }, home(), new AbortController().signal)
}

async function connected<T>(
  settings: Settings,
  folders: Folders,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const database = await databaseOf(settings, folders)
  const rings = await openRings(folders, process.env)
  const ground = { home: home(), settings, folders, database, environment: process.env }
  const org = await organisationIn(ground)
  if (!org) throw new Error('There is no organisation in this database yet: run on-record start once.')
  const deps = openDeps({
    url: urlAs('on_record_app', database.adminUrl, database.secret),
    origin: settings.url,
    policies: join(home(), 'policies'),
    connections: 2,
    name: 'on-record command',
  })
  try {
    return await work({ settings, folders, database, org, rings, deps })
  } finally {
    await deps.sql.end({ timeout: 5 })
  }
}

export function settingsOf(): Settings {
  const settings = readSettings(process.env, home(), false)
  if ('problems' in settings) throw new Error(settings.problems.join('\n'))
  return settings
}

/** Used, and left as it is. */
async function databaseOf(settings: Settings, folders: Folders): Promise<Database> {
  const stop = async () => undefined
  if (settings.mode === 'server')
    return { adminUrl: settings.databaseUrl, secret: settings.secret, embedded: null, stop }
  const server = await startPostgres({ folder: folders.postgres })
  const own = await kept(folders.secret, secret)
  return { adminUrl: server.url('on_record'), secret: own, embedded: server.url, stop }
}
