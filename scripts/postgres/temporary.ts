import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adoptPostgres, type Postgres, startPostgres } from './embedded'

const PREFIX = 'on-record-test-'

/** A fresh cluster for tests, without fsync. Its `stop` also removes it; one whose test run was killed is removed by the next. */
export async function temporaryPostgres(): Promise<Postgres> {
  await sweep()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // mkdtemp's 0700 would keep out the account that PostgreSQL runs as when we are root.
  await chmod(folder, 0o711)
  try {
    const server = await startPostgres({ folder, throwaway: true })
    return { ...server, stop: () => server.stop().then(() => remove(folder)) }
  } catch (error) {
    await remove(folder)
    throw error
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Clusters of processes that are no more: kill -9 of a test run leaves its server running. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (owner && !isAlive(Number(owner))) await bury(join(tmpdir(), name)).catch(() => {})
  }
}

async function bury(folder: string): Promise<void> {
  const { uid } = await stat(folder)
  if (uid !== process.getuid?.()) return
  await (await adoptPostgres(folder))?.stop()
  await remove(folder)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
