import { pino } from 'pino'

/** JSON lines on stdout. Callers pass ids, codes and numbers: never bodies, parameters or what an error said. */
export const log = pino({
  level: process.env.ON_RECORD_LOG_LEVEL ?? (process.env.VITEST ? 'silent' : 'info'),
  base: { app: 'on-record' },
  timestamp: pino.stdTimeFunctions.isoTime,
})
