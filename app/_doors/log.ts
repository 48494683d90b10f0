import { pino } from 'pino'

/** Written a few at a time, off the path of answers: an answer should not wait for the disk that keeps the log. */
const GATHERED = { minLength: 8 * 1024, periodicFlush: 250, sync: false }

/** JSON lines on stdout. Callers pass ids, codes and numbers: never bodies, parameters or what an error said. */
export const log = pino(
  {
    level: process.env.ON_RECORD_LOG_LEVEL ?? (process.env.VITEST ? 'silent' : 'info'),
    base: { app: 'on-record' },
    timestamp: pino.stdTimeFunctions.isoTime,
  },
  pino.destination(GATHERED),
)
