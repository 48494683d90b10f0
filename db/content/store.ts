import { Readable } from 'node:stream'
import type { Client } from '../client'
import { contentFiles } from './files'
import { beginning, type Parts, whole } from './parts'
import { contentRows } from './rows'

/**
 * Content under the SHA-256 of its bytes: small in the database, beside the record that names it, large in files. Kept before the record
 * speaks of it, or, where a command carries it, together with its events (lib/act/carried.ts).
 */
export type ContentStore = {
  /** Reads the parts while hashing them; all of it is on the disk when this answers, or nothing is. */
  keep(org: string, parts: Parts, most: number): Promise<Kept | NotKept>
  /** Takes it away for good; `waiting` if it was kept less than `youngMs` ago, since the record may be about to name it. */
  remove(org: string, sha256: string, youngMs: number): Promise<'removed' | 'waiting'>
  read(org: string, sha256: string): Promise<{ bytes: number; stream: Readable } | null>
}

export type Kept = { readonly sha256: string; readonly bytes: number }
export type NotKept = { readonly notKept: 'too_large' | 'no_space' | 'empty' }

/** Up to here a row takes less to keep than a file. Who reads looks in both places, so that the figure can be changed at any time. */
export const SMALL = 64 * 1024

export function contentStore(sql: Client, data: string): ContentStore {
  const [rows, files] = [contentRows(sql), contentFiles(data)]
  return {
    async keep(org, parts, most) {
      const begun = await beginning(parts, SMALL + 1)
      if (begun.rest) return files.keep(org, whole(begun), most)
      return begun.bytes.length > most ? { notKept: 'too_large' } : rows.keep(org, begun.bytes)
    },
    async remove(org, sha256, youngMs) {
      const outcomes = [await rows.remove(org, sha256, youngMs), await files.remove(org, sha256, youngMs)]
      return outcomes.includes('waiting') ? 'waiting' : 'removed'
    },
    async read(org, sha256) {
      const bytes = await rows.read(org, sha256)
      return bytes ? { bytes: bytes.length, stream: Readable.from([bytes]) } : files.read(org, sha256)
    },
  }
}

export function isKept(value: Kept | NotKept): value is Kept {
  return 'sha256' in value
}
