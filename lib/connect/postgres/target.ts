import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import connect, { type Sql } from 'postgres'
import { z } from 'zod'
import { roleName } from './names'

/** One PostgreSQL server as the executor's own configuration describes it. The app and its database never see this. */
export const targetConfig = z.strictObject({
  name: z.url(),
  kind: z.literal('postgres'),
  /** Connection string of the executor's narrow role (see enrolment.ts), in the database that holds the schema `onrecord`. */
  admin: z.string().regex(/^postgres(ql)?:\/\//),
  environment: z.enum(['production', 'staging', 'development']),
  /** The roles that may be changed, and the groups that they may be put in or taken from. Everything else is denied. */
  roles: z.array(roleName).min(1).max(1_000),
  groups: z.array(roleName).max(1_000).default([]),
  /** Folder for new passwords, each in a file of mode 0600. */
  secretSink: z.string().min(1),
})

export type Target = z.output<typeof targetConfig>

export type Login = { readonly user: string; readonly password: string }

const CONNECT_MS = 5_000
const STATEMENT_MS = 10_000
/** Of everything that one connection is opened for. */
const DEADLINE_MS = 30_000

/** Opens a connection as the executor's role, or as somebody else at the same server, runs, and closes it whatever happens. */
export async function withConnection<T>(
  target: Target,
  as: Login | undefined,
  run: (sql: Sql) => Promise<T>,
): Promise<T> {
  const sql = connect(target.admin, {
    ...(as && { user: as.user, username: as.user, password: as.password }),
    // The option exists; postgres.js' types don't name it.
    ...({ socket: oneSocket() } as object),
    max: 1,
    prepare: false,
    fetch_types: false,
    onnotice: () => {},
    connection: {
      application_name: 'on-record',
      // Kept by the server, also when we are gone.
      statement_timeout: STATEMENT_MS,
      lock_timeout: 8_000,
    },
  })
  const deadline = timer(DEADLINE_MS)
  try {
    return await Promise.race([run(sql), deadline.passed])
  } finally {
    deadline.clear()
    await sql.end({ timeout: 2 }).catch(() => {})
  }
}

/**
 * Several statements in one message are one transaction: all or none, in one round trip. There is no moment at which we hold a transaction open, and a
 * driver that connects again in the middle can't tear it apart.
 */
export async function atOnce(sql: Sql, statements: readonly string[]): Promise<void> {
  await sql.unsafe(['set local search_path = pg_catalog', ...statements].join(';\n'))
}

type Address = { readonly host: readonly string[]; readonly port: readonly number[] }

/** postgres.js connects again for ever when a connection is closed before it is ready. Here a connection is one connection. */
function oneSocket(): (address: Address) => Promise<Socket> {
  let used = false
  return async ({ host: [host = 'localhost'], port: [port = 5432] }) => {
    if (used) throw coded('CONNECTION_CLOSED', 'The target closed the connection.')
    used = true
    const socket = createConnection({ host, port })
    socket.setTimeout(CONNECT_MS, () =>
      socket.destroy(coded('CONNECT_TIMEOUT', 'The target does not answer.')),
    )
    await once(socket, 'connect')
    socket.setTimeout(0)
    return Object.assign(socket, { host, port })
  }
}

function timer(ms: number) {
  let clear = () => {}
  const passed = new Promise<never>((_, fail) => {
    const waiting = setTimeout(
      () => fail(coded('DEADLINE', `The target took longer than ${ms / 1_000} s.`)),
      ms,
    )
    clear = () => clearTimeout(waiting)
  })
  return { passed, clear }
}

function coded(code: string, sentence: string): Error {
  return Object.assign(new Error(sentence), { code })
}
