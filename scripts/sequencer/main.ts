import { join } from 'node:path'
import pino from 'pino'
import { logKeysIn } from '../../db/keys/log-keys'
import { keyRing } from '../../db/keys/ring'
import { wrapperOf } from '../../db/keys/wrapper'
import { runSequencer } from '../../db/sequencer'

const log = pino({ name: 'sequencer', base: null, timestamp: pino.stdTimeFunctions.isoTime })
const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())

const url = process.env.ON_RECORD_SEQUENCER_DATABASE_URL
const folder = process.env.ON_RECORD_SEQUENCER_FOLDER
if (!url || !folder)
  throw new Error('The sequencer needs ON_RECORD_SEQUENCER_DATABASE_URL and ON_RECORD_SEQUENCER_FOLDER.')

try {
  const wrapper = wrapperOf(process.env)
  if (!wrapper) throw new Error('Nothing says under what the log key is encrypted.')
  const keys = logKeysIn(keyRing(folder, wrapper))
  if (keys.seeds().length === 0) throw new Error('There is no log key in the folder of the sequencer.')
  await runSequencer({ url, keys, keptFolder: join(folder, 'checkpoints'), report }, stopping.signal)
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
