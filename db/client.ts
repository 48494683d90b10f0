import postgres from 'postgres'

/** A pool for raw SQL. Parameters never reach a log: an error that leaves this layer goes through `withoutParameters`. */
export type Client = postgres.Sql

const CONNECT_SECONDS = 5
/** The driver would wait ever longer, up to 20 seconds: a database that is back is wanted at once. */
const LONGEST_PAUSE_SECONDS = 0.5

/** `settings`: of the server, for these connections. */
export function connect(
  url: string,
  most: number,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Client {
  return postgres(url, {
    max: most,
    connect_timeout: CONNECT_SECONDS,
    backoff: (attempts) => Math.min(attempts * 0.05, LONGEST_PAUSE_SECONDS),
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    connection: { application_name: name, ...settings },
  })
}

/** SQLSTATE of an error from postgres.js, also when another layer wrapped it. */
export function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? sqlState(error.cause) : null
}

const UNREACHABLE = [
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]

/** The database doesn't answer, is starting, is shutting down, or is full: nothing was done, and it may be tried again. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error)
  if (state === null) return error instanceof AggregateError && error.errors.some(isUnavailable)
  return (
    UNREACHABLE.includes(state) ||
    state.startsWith('08') ||
    state.startsWith('53') ||
    state.startsWith('57P') ||
    state === '25P03' || // it was silent for too long in a transaction, which is undone
    state === '58030'
  )
}
