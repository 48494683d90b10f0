import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from './embedded'

/** A fresh cluster for tests, without fsync. Its `stop` also removes it. */
export async function temporaryPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'on-record-test-'))
  // mkdtemp's 0700 would keep out the account that PostgreSQL runs as when we are root.
  await chmod(folder, 0o711)
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  try {
    const server = await startPostgres({ folder, throwaway: true })
    return {
      ...server,
      async stop() {
        await server.stop()
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}
