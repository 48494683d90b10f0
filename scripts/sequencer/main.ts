import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { runSequencer } from '../../db/sequencer'
import { logSeed } from '../start/log-key'

const log = pino({ name: 'sequencer', base: null, timestamp: pino.stdTimeFunctions.isoTime })
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())

const url = process.env.ON_RECORD_SEQUENCER_DATABASE_URL
const folder = process.env.ON_RECORD_SEQUENCER_FOLDER
if (!url || !folder)
  throw new Error('The sequencer needs ON_RECORD_SEQUENCER_DATABASE_URL and ON_RECORD_SEQUENCER_FOLDER.')

try {
  const [, seed] = logSeed(await readFile(join(folder, 'log.key'), 'utf8'))
  await runSequencer({ url, seed, keptFolder: join(folder, 'checkpoints'), report }, stopping.signal)
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : 'unknown' }, 'sequencer ended')
  process.exitCode = 1
}

function report(event: 'sealed' | 'refused' | 'unavailable', details: Record<string, unknown>): void {
  if (event === 'refused')
    log.error(details, 'the log does not continue what was published; nothing is signed')
  else if (event === 'unavailable') log.warn('the database does not answer; trying again')
  else log.info(details, 'sealed')
}
