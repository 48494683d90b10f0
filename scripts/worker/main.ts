import pino from 'pino'
import { isUnavailable } from '../../db/client'
import { runWorker } from './worker'

const log = pino({ name: 'worker', base: null, timestamp: pino.stdTimeFunctions.isoTime })
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())

function need(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set.`)
  return value
}

// The queue's library doesn't wait until a job is handed back, and nobody hears of it when the database is away at that moment. Such a job is found
// and given out again (orphaned-jobs.ts). Anything else that nobody hears of ends us, and whoever started us starts us again.
process.on('unhandledRejection', (error) => {
  if (!isAway(error)) end(error)
  log.warn({ reason: reasonOf(error) }, 'a job could not be handed back')
})

try {
  await runWorker(
    {
      queueUrl: need('ON_RECORD_WORKER_DATABASE_URL'),
      appUrl: need('ON_RECORD_APP_DATABASE_URL'),
      origin: need('ON_RECORD_URL'),
      org: need('ON_RECORD_ORG'),
      environment: process.env,
    },
    log,
    stopping.signal,
  )
} catch (error) {
  end(error)
}
process.exit()

function end(error: unknown): never {
  log.fatal({ reason: reasonOf(error) }, 'worker ended')
  process.exit(1)
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown'
}

/** The queue's driver gives a connection that broke no code, only these words. */
function isAway(error: unknown): boolean {
  return (
    isUnavailable(error) ||
    (error instanceof Error && /^Connection terminated|is not queryable$/.test(error.message))
  )
}
