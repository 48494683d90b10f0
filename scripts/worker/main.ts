import pino from 'pino'
import { runWorker } from './worker'

const log = pino({ name: 'worker', base: null, timestamp: pino.stdTimeFunctions.isoTime })
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())

function need(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set.`)
  return value
}

// The queue's library doesn't wait until a job that failed is handed back. Where the database is away at that moment nobody can tell who has the
// job: we end, whoever started us starts us again, and what we had is given out anew.
process.once('unhandledRejection', end)

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
  log.fatal({ reason: error instanceof Error ? error.message : 'unknown' }, 'worker ended')
  process.exit(1)
}
