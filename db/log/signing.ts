import { orNull } from '@/lib/record/malformed'
import { formatVkey, type NoteKey, type NoteSigner, parseVkey } from '@/lib/record/note'
import { goodKeys, type Keys, type KnownKey, knownKeys, type Rotation } from '@/lib/registry/keys'
import type { Client } from '../client'
import type { LogKeys } from '../keys/log-keys'

/** Under which keys an organisation's log is signed now. During a rotation these are two: a verifier with either accepts the note. */
export type Signing = {
  /** The log's name, the same for all of its keys. */
  readonly origin: string
  readonly signers: readonly NoteSigner[]
  /** Every key of this log that was ever published: one of them signed the last checkpoint. */
  readonly known: readonly NoteKey[]
  /** New keys that were ordered and are not published yet. */
  readonly orders: readonly Rotation[]
  /** Keys that sign no more. */
  readonly retired: readonly string[]
}

/**
 * The keys that the record shows and this process holds. Before any is on record (an organisation is being founded) the key that is
 * held signs alone.
 */
export async function signingOf(sql: Client, org: string, origin: string, keys: LogKeys): Promise<Signing> {
  const [row] = await sql<{ keys: Partial<Keys> | null }[]>`select log_keys_of(${org}) as keys`
  const known = knownKeys({ ...row?.keys }).filter((key) => isOf(origin, key))
  const good = goodKeys(known, 'log').map(({ id }) => id)
  const held = keys.signers(origin)
  const signers = known.length === 0 ? held.slice(0, 1) : held.filter((key) => good.includes(formatVkey(key)))
  return {
    origin,
    signers,
    known: known.length === 0 ? signers : known.map(({ id }) => parseVkey(id)),
    orders: (row?.keys?.rotations ?? []).filter(({ purpose }) => purpose === 'log'),
    retired: known.filter(({ retired }) => retired !== null).map(({ id }) => id),
  }
}

function isOf(origin: string, { purpose, id }: KnownKey): boolean {
  return purpose === 'log' && orNull(() => parseVkey(id))?.name === origin
}

/**
 * Carries out what was ordered: the new key is made here, where it stays, and its public half is left for the worker, which publishes it.
 * Doing it twice is once. A retired key's private half is destroyed, as long as another one signs.
 */
export async function keepUp(sql: Client, org: string, signing: Signing, keys: LogKeys): Promise<void> {
  const { origin, orders, known, signers, retired } = signing
  for (const { rotation } of orders) {
    const published = known.map(formatVkey)
    const isUnpublished = (signer: NoteSigner) => !published.includes(formatVkey(signer))
    const signer = keys.signers(origin).find(isUnpublished) ?? keys.make(origin)
    await sql`insert into log_key (org, rotation, vkey, at)
      values (${org}, ${rotation}, ${formatVkey(signer)}, clock_timestamp()) on conflict do nothing`
  }
  if (signers.length === 0) return
  for (const signer of keys.signers(origin)) if (retired.includes(formatVkey(signer))) keys.destroy(signer)
}
