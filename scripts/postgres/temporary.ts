import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adoptPostgres, type Postgres, startPostgres } from './embedded'

const PREFIX = 'on-record-test-'

/** Beside a cluster: for whatever else its test run puts down, clusters of single tests included. It goes with the cluster. */
const FILES = 'files'

/**
 * A fresh cluster for tests, without fsync, and a folder for files. Its `stop` also removes both; those of a test run that was
 * killed are removed by the next.
 */
export async function temporaryPostgres(): Promise<Postgres & { files: string }> {
  await sweep(tmpdir())
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // mkdtemp's 0700 would keep out the account that PostgreSQL runs as when we are root.
  await chmod(folder, 0o711)
  try {
    const server = await startPostgres({ folder, throwaway: true })
    const files = join(folder, FILES)
    await mkdir(files, { mode: 0o711 })
    return { ...server, files, stop: () => server.stop().then(() => remove(folder)) }
  } catch (error) {
    await remove(folder)
    throw error
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Clusters of processes that are no more: kill -9 of a test run leaves its server running. */
async function sweep(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (owner && !isAlive(Number(owner))) await bury(join(place, name)).catch(() => {})
  }
}

async function bury(folder: string): Promise<void> {
  const { uid } = await stat(folder)
  if (uid !== process.getuid?.()) return
  await sweep(join(folder, FILES)).catch(() => {})
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
