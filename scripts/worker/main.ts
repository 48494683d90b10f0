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
  log.fatal({ reason: error instanceof Error ? error.message : 'unknown' }, 'worker ended')
  process.exitCode = 1
}
process.exit()
