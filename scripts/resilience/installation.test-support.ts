import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, connect } from '../../db/client'
import { migrateDatabase } from '../../db/migrate'
import { SECRET } from '../../db/secret.test-support'
import { prepare } from '../build/prepare.mjs'
import { freePort } from '../free-port.mjs'
import { type Postgres, startPostgres } from '../postgres/embedded'
import type { Program } from '../start/child'
import { type Folders, foldersIn, makeFolders } from '../start/folders'
import { found } from '../start/founding'
import { programs } from '../start/programs'
import { readSettings } from '../start/settings'
import { until } from './until.test-support'

const NAME = 'on_record'

export type Name = 'web' | 'sequencer' | 'worker'
export type Running = {
  readonly child: ChildProcess
  /** SIGKILL, as the kernel sends it when memory runs out. */
  readonly kill: () => Promise<void>
  /** SIGTERM; answers with the milliseconds that it took to end. */
  readonly stop: () => Promise<number>
  readonly output: () => string
}

export type Installation = {
  readonly url: string
  readonly folders: Folders
  readonly admin: Client
  readonly adminUrl: string
  readonly secret: string
  readonly start: (name: Name) => Running
  readonly killPostgres: () => Promise<void>
  readonly startPostgres: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The programs as they are built, on a durable PostgreSQL of their own, with the sample organisation. Nobody supervises them: who
 * survives does so by itself.
 */
export async function install(): Promise<Installation> {
  const home = process.cwd()
  await prepare(home, { web: true, asBuilt: true })
  const data = await mkdtemp(join(tmpdir(), 'on-record-resilience-'))
  await chmod(data, 0o711)
  const folders = foldersIn(data)
  await makeFolders(folders)
  let server = await startPostgres({ folder: folders.postgres })
  await makeDatabase(server)
  const adminUrl = server.url(NAME)
  const environment = {
    ...process.env,
    PORT: String(await freePort()),
    ON_RECORD_DATA: data,
    ON_RECORD_COMMANDS_PER_SECOND: '1000',
  }
  const settings = readSettings({ PORT: environment.PORT, ON_RECORD_DATA: data }, home, false)
  if ('problems' in settings) throw new Error(settings.problems.join(' '))
  const database = { adminUrl, secret: SECRET, embedded: server.url, stop: async () => undefined }
  const plan = await found({ home, settings, folders, database, environment })
  const { first, later } = programs(plan)
  const admin = connect(adminUrl, 2, 'resilience')
  const running: Running[] = []
  return {
    url: settings.url,
    folders,
    admin,
    adminUrl,
    secret: SECRET,
    start(name) {
      const program = [...first, ...later].find((each) => each.name === name)
      if (!program) throw new Error(`There is no program ${name}.`)
      const started = run(program)
      running.push(started)
      return started
    },
    killPostgres: async () => {
      process.kill(server.pid, 'SIGKILL')
      await until(() => !isThere(server.pid))
    },
    startPostgres: async () => {
      server = await patiently(() => startPostgres({ folder: folders.postgres, port: server.port }))
    },
    async close() {
      await Promise.all(running.map((each) => each.kill()))
      await admin.end({ timeout: 1 })
      await server.stop()
      await rm(data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function makeDatabase(server: Postgres): Promise<void> {
  const maker = connect(server.url('postgres'), 1, 'resilience')
  await maker.unsafe(`create database ${NAME}`)
  await maker.end()
  await migrateDatabase(server.url(NAME), SECRET, 'db')
}

function run({ args, cwd, env }: Program): Running {
  const child = spawn(process.execPath, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const end = async (signal: NodeJS.Signals) => {
    const begun = Date.now()
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
    return Date.now() - begun
  }
  return {
    child,
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  }
}

export function isAlive({ child }: Running): boolean {
  return child.exitCode === null && child.signalCode === null
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The killed server's children may still hold its memory for a moment. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 20) throw error
      await new Promise((done) => setTimeout(done, 250))
    }
  }
}
