import { type DestinationStream, type Logger, pino } from 'pino'
import { oneLine } from '@/lib/log/one-line'

/** Written a few at a time, off the path of answers: an answer should not wait for the disk that keeps the log. */
const GATHERED = { minLength: 8 * 1024, periodicFlush: 250, sync: false }

/** JSON lines. Callers pass ids, codes and numbers: never bodies, parameters or what an error said. */
export function logTo(destination: DestinationStream, level: string): Logger {
  return pino(
    {
      level,
      base: { app: 'on-record' },
      timestamp: pino.stdTimeFunctions.isoTime,
      // A line is a line, whatever stands in a path or a code (C67).
      hooks: { streamWrite: (line) => `${oneLine(line.trimEnd())}\n` },
    },
    destination,
  )
}

export const log = logTo(
  pino.destination(GATHERED),
  process.env.ON_RECORD_LOG_LEVEL ?? (process.env.VITEST ? 'silent' : 'info'),
)
