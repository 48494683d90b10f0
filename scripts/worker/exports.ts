import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { contentStore } from '../../db/content/store'
import { type Exporter, exporter, removeExpired } from '../../db/export/exporter'
import { exportFiles } from '../../db/export/files'
import { openJob } from '../../db/export/job'
import { SOFTWARE } from '../../db/export/software'
import { liveKeys } from '../../db/keys/live'
import { keyRing } from '../../db/keys/ring'
import { wrapperOf } from '../../db/keys/wrapper'
import { home } from '../home'
import type { Work } from './work'

const asked = z.object({ org: z.string().min(1), stream: z.string(), seq: z.int() })

/** Two: one that takes long doesn't keep a small one waiting. */
const AT_ONCE = 2

export type Exports = {
  readonly tasks: TaskList
  readonly run: Exporter['run']
  readonly cleanUp: () => Promise<void>
}

/** The files of exports. Null where this worker is told of no data folder or holds no key for exports. */
export function exportsOf({ deps, environment, log, origin, org }: Work, writer: string): Exports | null {
  const { ON_RECORD_DATA: data, ON_RECORD_KEYS: keys } = environment
  const wrapper = wrapperOf(environment)
  if (!data || !keys || !wrapper) return null
  const exporting = { sql: deps.sql, content: contentStore(deps.sql, data), software: SOFTWARE, home: home() }
  const files = exportFiles(data)
  const live = liveKeys(deps.sql, org, keyRing(keys, wrapper))
  const key = async () => ({ signer: await live.export(), principal: new URL(origin).host })
  const { ring, run } = exporter({
    ...{ exporting, files, key, org, writer, most: AT_ONCE },
    report: (id, ending, error) =>
      log.info({ export: id, ending, ...(error ? traceOf(error) : {}) }, 'export'),
  })
  return {
    run,
    tasks: {
      export: async (payload) => {
        const { org: of, stream, seq } = asked.parse(payload)
        await openJob(deps.sql, of, stream, seq)
        ring()
      },
    },
    cleanUp: async () => {
      const removed = await removeExpired({ exporting, files, org })
      if (removed) log.info({ removed }, 'files of exports deleted')
    },
  }
}

/** Where it was thrown, without its message: that may hold parameters. */
function traceOf(error: unknown): { error: string; at: string | undefined } {
  if (!(error instanceof Error)) return { error: typeof error, at: undefined }
  return {
    error: error.name,
    at: error.stack
      ?.split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim(),
  }
}
