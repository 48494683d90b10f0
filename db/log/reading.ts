import type { ReadTileAsync } from '@/lib/record/tile-proof'
import type { Client } from '../client'
import { within } from '../within'
import { tileReader } from './tiles'

/** Reads tiles as the application's role: within the organisation's own view of the log. */
export function readingClient(sql: Client, org: string): ReadTileAsync {
  return (tile) => within(sql, org, (held) => tileReader(held, org)(tile))
}
