import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, appendFile, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Account } from './account'
import type { Binaries } from './binaries'

type Place = { readonly data: string; readonly account: Account; readonly binaries: Binaries }

export type Cluster = Place & {
  start(port: number): Promise<{ ok: true } | { ok: false; log: string }>
  stop(mode: 'fast' | 'immediate'): Promise<void>
  lastLines(): Promise<string>
}

/** A data folder with its programs. `pg_ctl` starts the server in a session of its own: it outlives us, and Ctrl-C doesn't reach it. */
export function cluster(place: Place): Cluster {
  const { data, account, binaries } = place
  const log = join(data, 'server.log')
  const control = (...rest: string[]) => run(binaries.pgCtl, [...rest, '-D', data], account, data)
  const lastLines = async () =>
    (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-12).join('\n').trim()
  return {
    ...place,
    lastLines,
    async start(port) {
      const { code } = await control('start', '-w', '-t', '60', '-l', log, '-o', `-p ${port}`)
      return code === 0 ? { ok: true } : { ok: false, log: await lastLines() }
    },
    async stop(mode) {
      if (!(await exists(join(data, 'postmaster.pid')))) return
      const { code, output } = await control('stop', '-w', '-t', '60', '-m', mode)
      if (code !== 0 && (await exists(join(data, 'postmaster.pid'))))
        throw new Error(`PostgreSQL did not stop: ${output}`)
    },
  }
}

type Founding = { superuser: string; password: string; folder: string; throwaway: boolean }

/** Makes the cluster beside its place and moves it in when it is whole: a first start that is killed leaves nothing half-made. */
export async function initialise(place: Place, founding: Founding): Promise<void> {
  if (await exists(join(place.data, 'PG_VERSION'))) return
  const mark = `${process.pid}-${randomBytes(4).toString('hex')}`
  const draft = join(founding.folder, `data.${mark}`)
  const passwordFile = join(founding.folder, `founding.${mark}`)
  try {
    await mkdir(draft, { mode: 0o700 })
    await writeFile(passwordFile, `${founding.password}\n`, { mode: 0o600, flag: 'wx' })
    await give(draft, place.account)
    await give(passwordFile, place.account)
    await initdb(place, draft, passwordFile, founding)
    await appendFile(join(draft, 'postgresql.conf'), settings(founding.throwaway))
    await rename(draft, place.data).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(draft, { recursive: true, force: true })
  }
}

async function initdb(place: Place, data: string, passwordFile: string, founding: Founding): Promise<void> {
  const { code, output } = await run(
    place.binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${founding.superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8: the same order on every machine, whatever locales its system has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(founding.throwaway ? ['--no-sync'] : []),
    ],
    place.account,
    dirname(data),
  )
  if (code !== 0) throw new Error(`The database could not be made: ${output}`)
}

function settings(throwaway: boolean): string {
  const lines = [
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    'password_encryption = scram-sha-256',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "cluster_name = 'on-record'",
    // A statement that fails may hold a secret: it stays out of the server's log.
    'log_min_error_statement = panic',
    'log_parameter_max_length = 0',
    ...(throwaway
      ? ['fsync = off', 'full_page_writes = off', 'synchronous_commit = off', 'max_connections = 200']
      : []),
  ]
  return `\n# On Record\n${lines.join('\n')}\n`
}

async function give(path: string, { uid, gid }: Account): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function run(
  program: string,
  args: string[],
  account: Account,
  cwd: string,
): Promise<{ code: number; output: string }> {
  return new Promise((done, fail) => {
    // stdout isn't read when the server starts: it would inherit the pipe and keep it open for ever.
    const child = spawn(program, args, {
      ...account,
      cwd,
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
    child.once('error', fail)
    child.once('exit', (code) => {
      child.stderr.destroy()
      done({ code: code ?? 1, output: output.trim() })
    })
  })
}

/** Without PGDATA, PGPORT and the like of whoever starts us. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  )
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', NODE_ENV: process.env.NODE_ENV }
}
