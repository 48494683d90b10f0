import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../db/client'
import { migrateDatabase } from '../../db/migrate'
import { type Postgres, startPostgres } from '../postgres/embedded'
import type { Folders } from './folders'
import { born, end, isRunning } from './process'
import { kept, secret } from './secret-file'
import type { Settings } from './settings'

export type Database = {
  /** As the owner of the tables: for this process alone. */
  readonly adminUrl: string
  /** From it follow the passwords of the roles as which the other processes connect. */
  readonly secret: string
  /** The embedded server's superuser, for a database of that server; null with a DATABASE_URL. */
  readonly embedded: ((database: string) => string) | null
  readonly stop: () => Promise<void>
}

const NAME = 'on_record'

export async function openDatabase(settings: Settings, folders: Folders, home: string): Promise<Database> {
  const database =
    settings.mode === 'local' ? await embedded(folders) : given(settings.databaseUrl, settings.secret)
  try {
    await migrateDatabase(database.adminUrl, database.secret, join(home, 'db'))
    return database
  } catch (error) {
    await database.stop() // nobody else would: the launcher ends with the sentence that this is thrown with
    throw error
  }
}

function given(databaseUrl: string, ownSecret: string): Database {
  return { adminUrl: databaseUrl, secret: ownSecret, embedded: null, stop: async () => undefined }
}

async function embedded(folders: Folders): Promise<Database> {
  const ownSecret = await kept(folders.secret, secret)
  const server = await startPostgres({ folder: folders.postgres })
  await ensureDatabase(server.url('postgres'))
  const guard = keepRunning(server, folders.postgres)
  return { adminUrl: server.url(NAME), secret: ownSecret, embedded: server.url, stop: guard.stop }
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = connect(url, 1, 'on-record start')
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${NAME}`
    if (!found) await sql.unsafe(`create database ${NAME}`)
  } finally {
    await sql.end({ timeout: 2 })
  }
}

const LOOK_MS = 1_000
/** For each of asking and insisting, once it should have ended by itself. */
const LAST_PATIENCE_MS = 5_000

/**
 * A server that was killed is started again, on its port: the other processes wait for it and carry on. One whose data is gone is not:
 * an empty database in its place would look like a record that says nothing.
 */
function keepRunning(first: Postgres, folder: string): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  let server = first
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const known = await born(server.pid)
      while (known && (await isRunning(known)) && !stopping.signal.aborted) await idle(stopping.signal)
      if (stopping.signal.aborted) return
      if (!(await hasData(folder))) {
        complain('ended, and its data folder is gone: stop On Record, and bring the folder back')
        return
      }
      complain('ended; starting it again')
      server = await startPostgres({ folder, port: first.port }).catch(async () => {
        await idle(stopping.signal)
        return server
      })
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await watching
      const known = await born(server.pid)
      await server.stop()
      // Without its folder nobody can tell it to stop but by its process id.
      if (known) await end(known, LAST_PATIENCE_MS)
    },
  }
}

function hasData(folder: string): Promise<boolean> {
  return access(join(folder, 'data', 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

function complain(msg: string): void {
  const line = { time: new Date().toISOString(), level: 'error', name: 'postgres', msg }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

function idle(signal: AbortSignal): Promise<unknown> {
  return pause(LOOK_MS, undefined, { signal }).catch(() => undefined)
}
