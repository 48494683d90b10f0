import { sha256Hex } from '@/lib/record/digest'
import type { Client } from '../client'
import type { Kept, NotKept } from './store'

/** What is small enough for a row (db/functions/content.sql). A database that is full says so itself, as to every command. */
export function contentRows(sql: Client) {
  return {
    async keep(org: string, bytes: Buffer): Promise<Kept | NotKept> {
      if (bytes.length === 0) return { notKept: 'empty' }
      const sha256 = sha256Hex(bytes)
      await sql`select keep_content(${org}, ${sha256}, ${bytes})`
      return { sha256, bytes: bytes.length }
    },
    async remove(org: string, sha256: string, youngMs: number): Promise<'removed' | 'waiting'> {
      const [row] = await sql<{ outcome: 'removed' | 'waiting' }[]>`
        select remove_content(${org}, ${sha256}, make_interval(secs => ${youngMs / 1000})) as outcome`
      return row?.outcome ?? 'waiting'
    },
    async read(org: string, sha256: string): Promise<Buffer | null> {
      const [row] = await sql<{ bytes: Buffer | null }[]>`select content_of(${org}, ${sha256}) as bytes`
      return row?.bytes ?? null
    },
  }
}
