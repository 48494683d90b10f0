import type { TransactionSql } from 'postgres'
import { toHex } from '@/lib/record/bytes'
import { entryBytes } from '@/lib/record/entry'
import { encodeEntries, TILE_WIDTH, type TileAddress, tileWidth } from '@/lib/record/tile'
import type { Client } from '../client'
import { within } from '../within'
import { tileReader } from './tiles'

/** The newest checkpoint of an organisation's log, as anybody may read it; null where nothing is signed yet. */
export function publishedCheckpoint(sql: Client, org: string): Promise<string | null> {
  return within(sql, org, (tx) => noteUpTo(tx, org, Number.MAX_SAFE_INTEGER), 'read only')
}

/** The newest checkpoint that enough witnesses cosigned; null where there is none. */
export function witnessedCheckpoint(sql: Client, org: string): Promise<string | null> {
  return within(
    sql,
    org,
    async (tx) => {
      const [mark] = await tx<
        { size: number }[]
      >`select size::float8 as size from witnessed where org = ${org}`
      return mark ? noteUpTo(tx, org, mark.size) : null
    },
    'read only',
  )
}

/** The newest note up to this size, with the line of every witness that cosigned it. */
async function noteUpTo(tx: TransactionSql, org: string, most: number): Promise<string | null> {
  const [row] = await tx<{ note: string; lines: string }[]>`
    select note, coalesce((select string_agg(line, '' order by witness) from cosignature c where c.org = k.org and c.size = k.size), '') as lines
    from checkpoint k where k.org = ${org} and k.size <= ${most} order by k.size desc limit 1`
  return row ? `${row.note}${row.lines}` : null
}

/**
 * The bytes of a tile or of an entry bundle, exactly as wide as it was asked for. Null where the newest checkpoint does not
 * cover all of it: what nobody signed for is not published.
 */
export function publishedTile(sql: Client, org: string, address: TileAddress): Promise<Uint8Array | null> {
  return within(
    sql,
    org,
    async (tx) => {
      const [signed] = await tx<{ size: number | null }[]>`
        select max(size)::float8 as size from checkpoint where org = ${org}`
      if (tileWidth(address.level, address.index, signed?.size ?? 0) < address.width) return null
      const { level, index, width } = address
      return level === 'entries'
        ? entryBundle(tx, org, index * TILE_WIDTH, width)
        : tileReader(tx, org)({ level, index, width })
    },
    'read only',
  )
}

async function entryBundle(
  tx: TransactionSql,
  org: string,
  first: number,
  width: number,
): Promise<Uint8Array> {
  const rows = await tx<{ stream: string; seq: number; hash: Buffer }[]>`
    select stream, seq, hash from log_entry where org = ${org} and idx >= ${first} and idx < ${first + width} order by idx`
  return encodeEntries(
    rows.map(({ stream, seq, hash }) => entryBytes({ body: toHex(hash), case: stream, seq })),
  )
}
