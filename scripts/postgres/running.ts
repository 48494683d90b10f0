import { execFile } from 'node:child_process'
import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'

export type Running = { readonly pid: number; readonly port: number }

/**
 * The server that already runs on this data folder, if any. `postmaster.pid` alone proves nothing: after a crash it stays behind, and its
 * process id may belong to somebody else by now, so the server is asked for its folder. A file without a server is removed.
 */
export async function findRunning(data: string, user: string, password: string): Promise<Running | null> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const claimed = await readPidFile(data)
    if (!claimed) return null
    if (!(await isPostgres(claimed.pid))) {
      await rm(join(data, 'postmaster.pid'), { force: true })
      return null
    }
    const answer = await ask(claimed.port, user, password)
    if (answer.folder !== null)
      return (await realpath(answer.folder)) === (await realpath(data)) ? claimed : null
    if (!answer.starting) return null
    await pause(100)
  }
  throw new Error(
    `PostgreSQL in ${data} has been starting or stopping for 30 s. Its log is server.log in that folder.`,
  )
}

async function readPidFile(data: string): Promise<Running | null> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  const port = Number.parseInt(lines[3] ?? '', 10)
  return Number.isInteger(pid) && Number.isInteger(port) ? { pid, port } : null
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true
  try {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'stat=,comm='])
    return /postgres/.test(stdout) && !/^Z/.test(stdout.trim())
  } catch {
    return commandFromProc(pid)
  }
}

/** For images without `ps`. */
async function commandFromProc(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).startsWith('postgres')
}

type Answer = { folder: string | null; starting: boolean }

async function ask(port: number, user: string, password: string): Promise<Answer> {
  const sql = postgres({
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    max: 1,
    connect_timeout: 3,
    onnotice: () => {},
  })
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return { folder: row?.folder ?? null, starting: false }
  } catch (error) {
    // 57P03: it starts or stops. A refused connection from a live postmaster: it doesn't listen yet.
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return { folder: null, starting: code === '57P03' || code === 'ECONNREFUSED' || code === 'ECONNRESET' }
  } finally {
    await sql.end({ timeout: 1 })
  }
}
