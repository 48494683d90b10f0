import { type Keys, type KnownKey, knownKeys, NO_KEYS } from '@/lib/registry/keys'
import type { Client } from '../client'
import { within } from '../within'

/** What the record says of the organisation's keys. */
export type KeyRecord = Keys & { readonly known: readonly KnownKey[] }

/** A key that was rotated or retired is known everywhere after so long. */
const FRESH_MS = 1_000

/** Asks the record at most once a second, and reads the keys anew only when the registry has moved. */
export function keyRecord(sql: Client, org: string): () => Promise<KeyRecord> {
  let kept: { version: number; record: KeyRecord } = { version: -1, record: { ...NO_KEYS, known: [] } }
  let asked = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - asked < FRESH_MS) return kept.record
    const found = await read(sql, org, kept.version)
    asked = performance.now()
    if (found?.keys)
      kept = { version: found.version, record: { ...found.keys, known: knownKeys(found.keys) } }
    return kept.record
  }
}

type Row = { version: number; keys: Keys | null }

async function read(sql: Client, org: string, known: number): Promise<Row | undefined> {
  const [row] = await within(
    sql,
    org,
    (tx) => tx<Row[]>`
      select version, case when version <> ${known} then jsonb_build_object(
        'warrant_keys', coalesce(state -> 'warrant_keys', '[]'), 'token_keys', coalesce(state -> 'token_keys', '[]'),
        'export_keys', coalesce(state -> 'export_keys', '[]'), 'log_keys', coalesce(state -> 'log_keys', '[]'),
        'key_lives', coalesce(state -> 'key_lives', '{}'), 'rotations', coalesce(state -> 'rotations', '[]')) end as keys
      from stream where org = ${org} and stream = 'registry'`,
  )
  return row
}
