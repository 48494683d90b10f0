import type { ISql } from 'postgres'
import type { ReadTileAsync } from '@/lib/record/tile-proof'

/** Reads hash tiles of an organisation's log; a tile may be wider by now than it was asked for. */
export function tileReader(sql: ISql, org: string): ReadTileAsync {
  return async ({ level, index, width }) => {
    const [row] = await sql<{ hashes: Buffer }[]>`
      select hashes from log_tile where org = ${org} and level = ${level} and idx = ${index}`
    return new Uint8Array(row?.hashes ?? []).subarray(0, width * 32)
  }
}
