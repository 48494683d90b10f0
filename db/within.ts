import type { TransactionSql } from 'postgres'
import type { Client } from './client'
import { transact } from './transaction'

/** A transaction that sees one organisation. Its name and the first query travel together. */
export function within<T>(
  sql: Client,
  org: string,
  work: (transaction: TransactionSql) => Promise<T>,
  mode: '' | 'read only' = '',
): Promise<T> {
  return transact(sql, mode, async (transaction) => {
    // A query is sent when it is first awaited, unless told to go: the name has to arrive before the work does.
    const named = transaction`select set_config('app.org', ${org}, true)`.execute()
    const [, value] = await Promise.all([named, work(transaction)])
    return value
  })
}
