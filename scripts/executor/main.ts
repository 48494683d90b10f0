import pino from 'pino'
import { scrubber } from '../../lib/connect/scrub'
import { readConfig } from './config'
import { runExecutor } from './executor'

const log = pino({ name: 'executor', base: null, timestamp: pino.stdTimeFunctions.isoTime })
const stopping = new AbortController()
for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopping.abort())

try {
  const path = process.env.ON_RECORD_EXECUTOR_CONFIG
  if (!path) throw new Error('Set ON_RECORD_EXECUTOR_CONFIG to the path of the configuration.')
  await runExecutor(await readConfig(path), log, stopping.signal)
  process.exitCode = 0
} catch (error) {
  log.fatal({ reason: scrubber()(error instanceof Error ? error.message : 'unknown') }, 'executor ended')
  process.exitCode = 1
}
process.exit()
