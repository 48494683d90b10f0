import type { ReadTileAsync } from '@/lib/record/tile-proof'
import type { Client } from '../client'
import { tileReader } from './tiles'

/** Reads tiles as the application's role: within the organisation's own view of the log. */
export function readingClient(sql: Client, org: string): ReadTileAsync {
  return async (tile) => {
    const result = await sql.begin('read only', async (transaction) => {
      const held = transaction as unknown as Client
      await held`select set_config('app.org', ${org}, true)`
      return { bytes: await tileReader(held, org)(tile) }
    })
    return result.bytes
  }
}
