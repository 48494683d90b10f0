import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'jose'
import type { WarrantKey } from '@/lib/action/warrant'

/** The keys that the app itself holds. The log's key is the sequencer's, the targets' credentials are the executors'. */
export type SecretKeys = {
  readonly warrant: WarrantKey
  /** Earlier warrant keys, whose public halves stay published so that old exports verify. */
  readonly retired: readonly WarrantKey[]
  /** Signs access tokens, which nobody but we read. */
  readonly token: JWK & { readonly kid: string }
  /** Of the fingerprints of secrets. */
  readonly fingerprint: string
  /** Signs exports: an Ed25519 seed of 32 bytes; null where none was made. */
  readonly exportSeed: Uint8Array | null
  /** Of what chat cards and links carry. */
  readonly mac: string
}

/** @throws Error with a sentence that names the missing file */
export function readKeys(folder: string): SecretKeys {
  const text = (name: string) => {
    try {
      return readFileSync(join(folder, name), 'utf8').trim()
    } catch {
      throw new Error(`The key file ${name} can't be read in the folder that ON_RECORD_KEYS names.`)
    }
  }
  return {
    warrant: jwk('warrant.jwk', text('warrant.jwk')),
    retired: [],
    token: jwk('token.jwk', text('token.jwk')),
    fingerprint: long('fingerprint.key', text('fingerprint.key')),
    exportSeed: seedOf(join(folder, 'export.seed')),
    mac: long('mac.key', text('mac.key')),
  }
}

function jwk(name: string, text: string): WarrantKey {
  const key: unknown = JSON.parse(text)
  const isKey =
    typeof key === 'object' &&
    key !== null &&
    'kid' in key &&
    'd' in key &&
    'crv' in key &&
    key.crv === 'P-256'
  if (!isKey) throw new Error(`The key file ${name} doesn't hold a private P-256 key with its kid.`)
  return key as WarrantKey
}

function long(name: string, text: string): string {
  if (text.length < 32) throw new Error(`The key file ${name} is shorter than 32 characters.`)
  return text
}

function seedOf(file: string): Uint8Array | null {
  const seed = existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url') : null
  return seed?.length === 32 ? new Uint8Array(seed) : null
}
