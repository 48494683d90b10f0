import { join } from 'node:path'
import pino from 'pino'
import { logKeysIn } from '../../db/keys/log-keys'
import { LOG_KEY } from '../../db/keys/make'
import { keyRing } from '../../db/keys/ring'
import { wrapperOf } from '../../db/keys/wrapper'
import { runSequencer } from '../../db/sequencer'
import { runWitnessing, type WitnessingSettings } from '../../db/witnesses/witnessing'

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
  const ring = keyRing(folder, wrapper)
  if (ring.held(LOG_KEY).length === 0) throw new Error('There is no log key in the folder of the sequencer.')
  // Side by side: sealing waits for no witness, and whoever asks them is told no key.
  const witnessing = runWitnessing({ url, lateAfter: lateAfter(), report: witnessed }, stopping.signal)
  await runSequencer(
    { url, keys: logKeysIn(ring), keptFolder: join(folder, 'checkpoints'), report },
    stopping.signal,
  )
  await witnessing
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : 'unknown' }, 'sequencer ended')
  process.exitCode = 1
} finally {
  stopping.abort() // one without the other would look alive
}

function report(event: 'sealed' | 'refused' | 'unavailable', details: Record<string, unknown>): void {
  if (event === 'refused')
    log.error(details, 'the log does not continue what was published; nothing is signed')
  else if (event === 'unavailable') log.warn('the database does not answer; trying again')
  else log.info(details, 'sealed')
}

function witnessed(
  event: Parameters<WitnessingSettings['report']>[0],
  details: Record<string, unknown>,
): void {
  if (event === 'witnessed') log.info(details, event)
  else log.warn(details, event)
}

/** Seconds after which it is worth a warning that a sealed event is not witnessed (C26). */
function lateAfter(): number {
  const given = process.env.ON_RECORD_WITNESS_SECONDS
  return given && /^[1-9]\d{0,6}$/.test(given) ? Number(given) : 60
}
