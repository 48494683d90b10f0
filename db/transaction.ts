import { setTimeout as pause } from 'node:timers/promises'
import type { TransactionSql } from 'postgres'
import { type Client, sqlState } from './client'

/**
 * A transaction that ends well when the database goes away in the middle of it. The driver would answer a lost connection by
 * writing "rollback" to the socket that it no longer has, which ends the process; here nothing is sent to a connection that is gone.
 */
export async function transact<T>(
  sql: Client,
  mode: '' | 'read only',
  work: (transaction: TransactionSql) => Promise<T>,
): Promise<T> {
  const gone = new AbortController()
  const begun = sql.begin(mode, async (transaction) => {
    try {
      return { value: await work(whileThere(transaction, gone.signal)) }
    } catch (error) {
      if (mayBeGone(error)) await unlessGone(gone.signal)
      throw error
    }
  })
  // Rejects as soon as its connection closes, whatever the work is doing.
  begun.catch(() => gone.abort())
  return (await begun).value
}

/** Once the connection is gone, every use of the transaction fails. */
function whileThere(transaction: TransactionSql, gone: AbortSignal): TransactionSql {
  const check = () => {
    if (gone.aborted) throw Object.assign(new Error('The connection is gone.'), { code: 'CONNECTION_CLOSED' })
  }
  return new Proxy(transaction, {
    apply: (target, self, args) => {
      check()
      return Reflect.apply(target, self, args)
    },
    get: (target, name) => {
      check()
      return Reflect.get(target, name)
    },
  })
}

const TIME_TO_CLOSE = 1_000

/** Never ends for a connection that is gone: its transaction has been answered for already. */
async function unlessGone(gone: AbortSignal): Promise<void> {
  await pause(TIME_TO_CLOSE, undefined, { signal: gone }).catch(() => new Promise(() => undefined))
}

/** Errors after which the server or the network closes the connection. */
const LAST_WORDS = ['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '25P03']

function mayBeGone(error: unknown): boolean {
  const state = sqlState(error) ?? ''
  return LAST_WORDS.includes(state) || state.startsWith('57P')
}
